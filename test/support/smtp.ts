/** A mail server for tests, as far as RFC 5321 is needed: it keeps what it took, and may refuse or hang first. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

export interface Mail {
  readonly to: readonly string[];
  /** Headers by lower-case name, unfolded, and the decoded text. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  /** Answers the next so many messages with a temporary failure. */
  refuse(count: number): void;
  close(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    converse(socket, (mail) => {
      if (refusals > 0) {
        refusals -= 1;
        return "451 try again later";
      }
      mails.push(mail);
      return "250 taken";
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, take: (mail: Mail) => string): void {
  let rest = "";
  let to: string[] = [];
  let body: string[] | undefined;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  say("220 test");
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (body !== undefined) {
        if (line !== ".") body.push(line.replace(/^\.\./, "."));
        else {
          say(take({ to, ...readMail(body.join("\r\n")) }));
          body = undefined;
          to = [];
        }
      } else if (/^(EHLO|HELO)/i.test(line)) say("250 test");
      else if (/^RCPT TO:/i.test(line)) {
        to.push(/<(.*)>/.exec(line)![1]!);
        say("250 ok");
      } else if (/^DATA/i.test(line)) {
        body = [];
        say("354 go on");
      } else if (/^QUIT/i.test(line)) {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}

function readMail(source: string): Pick<Mail, "headers" | "text"> {
  const end = source.indexOf("\r\n\r\n");
  const unfolded = source.slice(0, end).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = Object.fromEntries(
    unfolded.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
  const raw = source.slice(end + 4);
  const encoding = headers["content-transfer-encoding"]?.toLowerCase();
  if (encoding === "base64") return { headers, text: Buffer.from(raw, "base64").toString("utf8") };
  return { headers, text: encoding === "quoted-printable" ? decodeQuoted(raw) : raw };
}

function decodeQuoted(text: string): string {
  const joined = text.replaceAll(/=\r\n/g, "");
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_all, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encoded words (RFC 2047), those that follow one another joined. */
function decodeWords(text: string): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, "?==?");
  const parts = joined.replaceAll(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_all, how: string, word: string) =>
    how.toLowerCase() === "b"
      ? Buffer.from(word, "base64").toString("latin1")
      : word
          .replaceAll("_", " ")
          .replaceAll(/=([0-9A-F]{2})/g, (_each, digits: string) => String.fromCharCode(parseInt(digits, 16))),
  );
  return parts === joined ? text : Buffer.from(parts, "latin1").toString("utf8");
}
