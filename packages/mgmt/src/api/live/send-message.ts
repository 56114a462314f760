import type { WebSocket } from 'ws';

/** How a message is sent. */
export interface SendOptions {
  readonly pieceBytes: number;
  /** Told when a piece is handed to the socket, and when the system has taken it. */
  readonly onPiece: (event: 'handed' | 'taken') => void;
  readonly signal: AbortSignal;
}

/**
 * Sends bytes as one text message of several frames (RFC 6455 §5.4), each when the one before has left: however large it is
 * and however slow the client, what waits in memory for it is one piece. TLS would encrypt the whole into memory at once.
 * @throws when the connection is closed; the signal's reason when it aborts
 */
export async function sendMessage(socket: WebSocket, bytes: Buffer, options: SendOptions): Promise<void> {
  const { pieceBytes, onPiece, signal } = options;
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    signal.throwIfAborted();
    onPiece('handed');
    const fin = start + pieceBytes >= bytes.length;
    await sendPiece(socket, bytes.subarray(start, start + pieceBytes), fin, signal);
    onPiece('taken');
  }
}

function sendPiece(socket: WebSocket, piece: Buffer, fin: boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.send(piece, { binary: false, compress: false, fin }, (error) => {
      signal.removeEventListener('abort', onAbort);
      // ws gives null where its types say undefined.
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}
