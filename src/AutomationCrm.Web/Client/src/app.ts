import htmx from 'htmx.org';
import './elements/live';
import './elements/theme';
import './elements/toasts';
import './elements/filter';
import { startConfirm } from './lib/confirm';
import { antiforgery } from './lib/http';
import { startMenus } from './lib/menus';
import { startShell } from './lib/shell';
import { showCurrentSteps } from './lib/stepper';

htmx.on('htmx:config:request', event => {
  event.detail.ctx.request.headers['X-CSRF-TOKEN'] = antiforgery();
});

startConfirm();
startMenus();
startShell();
showCurrentSteps();
