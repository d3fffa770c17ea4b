/** Opens dumps beside the page, so that the page keeps answering. Its code comes with the page's: it fetches nothing. */
import { DumpReader, toFault } from './dump-reader.ts';
import type { FromDumpWorker, ToDumpWorker } from './told.ts';

const reader = new DumpReader();
const say = (message: FromDumpWorker): void => {
  postMessage(message);
};

addEventListener('message', ({ data: { id, ...asked } }: MessageEvent<ToDumpWorker>) => {
  reader
    .answer(asked, (progress) => {
      say({ type: 'progress', id, progress });
    })
    .then(
      (answer) => {
        say({ type: 'answer', id, answer });
      },
      (error: unknown) => {
        say({ type: 'fault', id, fault: toFault(error) });
      },
    );
});
say({ type: 'ready' });
