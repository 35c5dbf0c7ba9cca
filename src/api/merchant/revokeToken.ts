// POST /ams/api/v1/authorizations/revoke, from a merchant: nothing may be debited by this any more.

import { merchantTokenName } from '../../wire/merchantAuthorizations.ts';
import { cancelTokenEndpoint } from '../partner/cancelToken.ts';
import { merchantEndpoint } from './endpoint.ts';

/** S says that the wallet knows too; until then it is U, and repeated by the network. */
export const merchantRevokeToken = merchantEndpoint(
  merchantTokenName,
  ({ merchant, network }, { accessToken }) =>
    cancelTokenEndpoint.carryOut(network, { authClientId: merchant.merchantId, accessToken }),
);
