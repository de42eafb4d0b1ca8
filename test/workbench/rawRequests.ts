import { randomUUID } from "node:crypto";
import { request, type IncomingHttpHeaders } from "node:http";

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a server says to a request that no browser has prepared; redirects are not followed. */
export function get(
  address: string | URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** VS Code's messages: type, id, acknowledged id and length, then the text. */
const HEADER_BYTES = 13;
const CONTROL = 2;

function controlMessage(text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(CONTROL, 0);
  header.writeUInt32BE(body.length, 9);
  return Buffer.concat([header, body]);
}

function textOf(messages: Buffer): string | undefined {
  if (messages.length < HEADER_BYTES) return undefined;
  const end = HEADER_BYTES + messages.readUInt32BE(9);
  return messages.length < end ? undefined : messages.toString("utf8", HEADER_BYTES, end);
}

/**
 * What VS Code's server says to one who asks to be connected as the workbench is, with this token. It upgrades every
 * request and looks at the token in the first message, so the status of the upgrade alone says nothing.
 */
export function connect(
  authority: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `http://${authority}/?reconnectionToken=${randomUUID()}&skipWebSocketFrames=true`,
      {
        headers: {
          Connection: "Upgrade",
          Upgrade: "websocket",
          "Sec-WebSocket-Version": "13",
          "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
          ...headers,
        },
      },
    );
    asked.on("upgrade", (_response, socket, head) => {
      let received = head;
      const look = () => {
        const text = textOf(received);
        if (text === undefined) return;
        socket.destroy();
        resolve(JSON.parse(text));
      };
      socket.on("data", (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        look();
      });
      socket.on("error", reject);
      socket.on("close", () => {
        reject(new Error("closed without an answer"));
      });
      socket.write(controlMessage(JSON.stringify({ type: "auth", auth: token, data: "" })));
      look();
    });
    asked.on("response", ({ statusCode }) => {
      reject(new Error(`not upgraded: ${statusCode}`));
    });
    asked.on("error", reject);
    asked.end();
  });
}
