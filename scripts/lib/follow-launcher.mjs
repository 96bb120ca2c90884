// Loaded before the product by `npm start`. Whoever kills npm or the start script with SIGKILL means the product, which
// would otherwise live on unseen and hold its port and data folder: it is told to stop in order.
const launcher = process.ppid;

const watch = setInterval(() => {
  if (process.ppid === launcher) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 200);
watch.unref();
