/** Where the browser keeps which function the bench holds. */
export const PRESENT = 'function';
