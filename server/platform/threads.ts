/**
 * Reads of the store, syncs of the disk and password hashes share libuv's threads; four are too few. It counts only when it is set before
 * the first of them is used, so this is the first import of main.
 */
process.env.UV_THREADPOOL_SIZE ??= "16";
