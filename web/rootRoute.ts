// What all pages stand in: the shell, and what is said where there is no page.
import { createRootRoute } from '@tanstack/react-router';
import { Shell } from './shared/Shell.tsx';
import { NoSuchPage } from './shared/states.tsx';

export const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });
