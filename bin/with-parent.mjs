// Loaded into a launched process: asks it to end when its launcher is gone, however that ended.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel must not keep a finished command alive.
process.channel?.unref();
