/** The name of the event among a lab's texts; every other name is a path. */
export const EVENT = 'event';
