// Noto Sans SC in small subsets, loaded only when Chinese is shown: a bare machine has no such
// font.
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/600.css';
