// What stands in for a page that could not be drawn; a page of an older version is loaded anew.
import { useEffect, useState } from 'react';
import { isPartGone, loadNewVersion } from './part-gone.ts';
import { Trouble, Waiting } from './states.tsx';

export function PageFailed({ error }: { error: unknown }) {
  const [isOnItsWay, setOnItsWay] = useState(() => isPartGone(error));
  useEffect(() => setOnItsWay(loadNewVersion(error)), [error]);
  return isOnItsWay ? <Waiting lines={6} height={40} /> : <Trouble whole error={error} />;
}
