/** Bounds of the inbound door; bytes and milliseconds. */
export interface DoorLimits {
  /** Advertised as SIZE (RFC 1870); more is refused with 552. */
  readonly messageBytes: number;
  /** The header block; more is refused with 552. Parsers are quadratic in it. */
  readonly headerBytes: number;
  readonly recipients: number;
  /** Unknown recipients in one connection before it is ended: more is somebody guessing names. */
  readonly unknownRecipients: number;
  readonly connections: number;
  readonly connectionsPerIp: number;
  /** Mails under way, all connections together; who comes when they are used up is asked to come again. */
  readonly bufferBytes: number;
  readonly commandBytes: number;
  /** Silence between two bytes. */
  readonly idleMs: number;
  /** From DATA to the final dot, so that a byte a minute does not hold a connection for ever. */
  readonly dataMs: number;
  /** How long the rest of a refused mail is still read and dropped, so that the sender hears why. */
  readonly drainMs: number;
  /** A connection, whatever it does. */
  readonly sessionMs: number;
  /** What mails under way get when the door closes. */
  readonly closeMs: number;
}

const MiB = 2 ** 20;

export const DOOR_LIMITS: DoorLimits = {
  messageBytes: 25 * MiB,
  headerBytes: 256 * 1024,
  recipients: 100,
  unknownRecipients: 20,
  connections: 200,
  connectionsPerIp: 50,
  bufferBytes: 128 * MiB,
  commandBytes: 2_048,
  idleMs: 60_000,
  dataMs: 600_000,
  drainMs: 60_000,
  sessionMs: 900_000,
  closeMs: 5_000,
};
