import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate.ts';

/** A port of its own that leads to an endpoint, until it is shut; with a certificate, it speaks TLS. */
export class Gate implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;
  readonly #renew: (certificate: Certificate) => void;
  readonly #sockets = new Set<Socket>();

  /** `target`: the URL of an HTTP server on this machine. */
  static async open(target: string, certificate?: Certificate): Promise<Gate> {
    const pass = (socket: Socket) => gate.#lead(socket, Number(new URL(target).port));
    const tls = certificate === undefined ? null : createTlsServer({ ...certificate }, pass);
    const server = tls ?? createServer(pass);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gate = new Gate(server, (other) => tls?.setSecureContext({ ...other }));
    return gate;
  }

  private constructor(server: Server, renew: (certificate: Certificate) => void) {
    this.#server = server;
    this.#renew = renew;
    this.port = (server.address() as AddressInfo).port;
    // What is refused in the handshake never comes to `pass`.
    server.on('connection', (socket: Socket) => this.#keep(socket));
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nobody listens any more. */
  async shut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  async reopen(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Shows another certificate to those who come from now on. */
  show(certificate: Certificate): void {
    this.#renew(certificate);
    this.cut();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.shut();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
  }

  #lead(socket: Socket, port: number): void {
    const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy()).once('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  }
}
