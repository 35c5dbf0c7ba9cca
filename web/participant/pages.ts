// A participant's own pages, each loaded when it is first visited.
import { lazyRouteComponent } from '@tanstack/react-router';

export const own = {
  today: lazyRouteComponent(() => import('./OwnToday.tsx'), 'OwnToday'),
  batches: lazyRouteComponent(() => import('./OwnBatches.tsx'), 'OwnBatches'),
  statement: lazyRouteComponent(() => import('./OwnStatement.tsx'), 'OwnStatement'),
  files: lazyRouteComponent(() => import('./OwnFiles.tsx'), 'OwnFiles'),
  disputes: lazyRouteComponent(() => import('./OwnDisputes.tsx'), 'OwnDisputes'),
  dispute: lazyRouteComponent(() => import('./OwnDispute.tsx'), 'OwnDispute'),
  notices: lazyRouteComponent(() => import('./OwnNotices.tsx'), 'OwnNotices'),
  certification: lazyRouteComponent(() => import('./OwnCertification.tsx'), 'OwnCertification'),
} as const;
