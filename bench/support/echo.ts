/** A process that sends back what it gets: what the machine itself takes for the way of the bytes. Prints its port. */
import { createServer } from "node:net";

const server = createServer({ noDelay: true }, (socket) => socket.on("error", () => undefined).pipe(socket));
server.listen(0, "127.0.0.1", () => console.log((server.address() as { port: number }).port));
