/**
 * Reads of the store, syncs of the disk and password hashes share libuv's threads; four are too few. It counts only when it is set before
 * the first of them is used. Node 20 reads modules with them, so no module can set it: this is required before any.
 */
process.env.UV_THREADPOOL_SIZE ??= "16";
