/** The name of the event among a lab's texts; every other name is a path. */
export const EVENT = 'event';

/** The name of the setup among the texts of a lab whose function is the reader's own. */
export const SETUP = 'function';
