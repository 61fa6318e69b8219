// Only for /dev/palette: a button that shows a message.
import { toast, type ToastDetail } from './lib/events';

document.addEventListener('click', event => {
  const tone = (event.target as Element).closest<HTMLElement>('[data-sample-toast]')?.dataset['sampleToast'] as ToastDetail['tone'];
  if (tone) toast({ tone, message: document.title, undoUrl: '/dev/board?handler=Undo&key=none' });
});
