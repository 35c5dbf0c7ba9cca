// The order of the test files: those that take longest begin first, so that none is left running
// alone at the end while the other workers have nothing to do.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Parts of paths, the longest first, as `npm test` names the slowest at its end; then the rest. */
const LONGEST_FIRST = [
  'tests/journeys/payments',
  'tests/simulation',
  'tests/stories',
  'tests/journeys/nationalCode',
  'tests/journeys/settlement',
  'tests/journeys/disputes',
  'tests/journeys',
  'tests/host/postgres',
  'tests/hub/crash',
  'tests/month',
  'tests/hub/contract.test',
  'tests/hub/registration',
  'tests/hub/autoDebit',
  'tests/hub/limits',
  'tests/hub/idempotency',
  'src/certify/acquirer',
  'tests/hub',
  'src/sandbox',
  'tests/host',
  'tests',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONGEST_FIRST.findIndex((part) => moduleId.includes(`/${part}`));
      return found < 0 ? LONGEST_FIRST.length : found;
    };
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}
