// Builds wwwroot/dist: scripts, styles, fonts, the icon sprite and the API console's files.
import { build } from 'esbuild';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, '../wwwroot/dist');
const release = process.argv.includes('--configuration=Release');
const folderOf = name => path.join(here, 'node_modules', name);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await Promise.all([
  build({
    absWorkingDir: here,
    entryPoints: {
      theme: 'src/theme.ts',
      app: 'src/app.ts',
      board: 'src/board.ts',
      automation: 'src/automation.ts',
      dev: 'src/dev.ts',
      openapi: 'src/openapi.ts',
    },
    outdir: out,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    minify: release,
    sourcemap: release ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  }),
  build({
    absWorkingDir: here,
    entryPoints: { app: 'styles/app.css', openapi: 'styles/openapi.css' },
    outdir: out,
    bundle: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    minify: true,
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  }),
  sprite(),
  apiConsole(),
]);

/** One <symbol> per name of icons.txt; a name Tabler does not have fails the build. */
async function sprite() {
  const root = path.join(folderOf('@tabler/icons'), 'icons');
  const names = (await readFile(path.join(here, 'icons.txt'), 'utf8')).split('\n').map(line => line.trim()).filter(line => line && !line.startsWith('#'));
  const symbols = await Promise.all(names.map(async name => {
    const [folder, file] = name.endsWith('-filled') ? ['filled', name.slice(0, -7)] : ['outline', name];
    const svg = await readFile(path.join(root, folder, `${file}.svg`), 'utf8').catch(() => {
      throw new Error(`icons.txt names "${name}", which @tabler/icons does not have.`);
    });
    const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
    const look = folder === 'filled' ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
    return `<symbol id="${name}" viewBox="0 0 24 24" ${look}>${body}</symbol>`;
  }));
  await writeFile(path.join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`);
}

async function apiConsole() {
  const from = folderOf('swagger-ui-dist');
  const to = path.join(out, 'swagger');
  await mkdir(to, { recursive: true });
  await Promise.all(['swagger-ui.css', 'swagger-ui-bundle.js'].map(file => cp(path.join(from, file), path.join(to, file))));
}
