// Once the command has begun, an error that nobody awaits.
const timer = setInterval(() => {
  if (process.listenerCount('beforeExit') === 0) return;
  clearInterval(timer);
  Promise.reject(new Error('CANARY-881207'));
}, 1);
