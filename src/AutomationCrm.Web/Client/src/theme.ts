// Runs in <head> before the first paint; everything else waits for app.js.
import { applyTheme, readTheme } from './lib/theme';

applyTheme(readTheme());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyTheme(readTheme()));
