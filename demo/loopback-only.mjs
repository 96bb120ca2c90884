// Loaded before a server of the demo: whatever it listens on is bound to 127.0.0.1 only, and the port that it got is
// told. The reference MCP server would otherwise listen on every address of the machine.
import { Server } from 'node:net';

const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  const done = rest.find((argument) => typeof argument === 'function');
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, () => {
    console.log(`loopback http://127.0.0.1:${this.address().port}`);
    done?.();
  });
};
