/** Where things are in a picture, in pixels. A host that shows it 400 px wide divides by three. */
export const WIDTH = 1200;
export const HEIGHT = 630;
/** Paper at the left and the right: a host's rounded corners cut nothing. */
export const SIDE = 56;
/** Where what is drawn ends. */
export const BOTTOM = 582;
export const RIGHT = WIDTH - SIDE;
export const INNER = WIDTH - 2 * SIDE;
/** How far a frame stands in from the one that called it. */
export const INDENT = 24;
/** The height of a frame, and of a line of source. */
export const ROW = 56;
export const LINE = 46;
/** Between two frames. */
export const GAP = 6;
/** The height of what stands for frames that have no room. */
export const FOLD = 38;
