/** Stands in for the transports of engine.io other than WebSocket (see next.config.js). */
export const XHR = undefined;
export const WT = undefined;
export const Fetch = undefined;
