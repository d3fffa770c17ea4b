/**
 * What the page needs once something is opened: its views, and the labs that run it. It comes in the page's first quiet moment, so
 * that nothing is asked of anybody while somebody drops their files.
 */
export { ModelFiles } from '../../lab/model-files.ts';
export { ResultView } from './result-view.ts';
