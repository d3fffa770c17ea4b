/** Reads pastes beside the page, so that the page keeps answering. Its code comes with the page's: it fetches nothing. */
import { PasteReader } from './held-paste.ts';
import { ReadFault, type FromExplainWorker, type ToExplainWorker } from './told.ts';

const reader = new PasteReader();
const say = (message: FromExplainWorker): void => {
  postMessage(message);
};

addEventListener('message', ({ data: { id, name, ask } }: MessageEvent<ToExplainWorker>) => {
  reader
    .answer(name, ask, (progress) => {
      say({ type: 'progress', id, progress });
    })
    .then(
      (answer) => {
        say({ type: 'answer', id, answer });
      },
      (error: unknown) => {
        say({ type: 'fault', id, key: error instanceof ReadFault ? error.key : null });
      },
    );
});
say({ type: 'ready' });
