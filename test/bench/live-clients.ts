import { livePath, liveProtocol } from '@reroot/shared/api';
import { WebSocket } from 'ws';

const [server = '', count = '0'] = process.argv.slice(2);

/** Follows mgmt as many times as it is told, in a process of its own: what clients take is not what mgmt takes. */
let [bytes, messages] = [0, 0];
let following = 0;
for (let client = 0; client < Number(count); client += 1) {
  const socket = new WebSocket(`${server.replace('http', 'ws')}${livePath}`, [liveProtocol]);
  socket.on('open', () => socket.send('{"type":"hello"}'));
  socket.once('message', () => {
    following += 1;
    if (following === Number(count)) process.send?.({ following });
  });
  socket.on('message', (data: Buffer) => {
    bytes += data.length;
    messages += 1;
  });
  socket.on('close', (code, reason) => process.send?.({ lost: `${code} ${reason.toString()}` }));
  socket.on('error', (error) => process.send?.({ lost: error.message }));
}
process.on('message', () => process.send?.({ bytes, messages }));
