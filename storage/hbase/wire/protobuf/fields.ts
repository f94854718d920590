import type { Message } from "./message";

/** What a field holds. `int` is (u)int32 or an enum, `num` a (u)int64 within 2^53, `big` a uint64 that uses all 64 bits. */
export type Kind = "bytes" | "string" | "message" | "bool" | "int" | "num" | "big";

/** `type` exists for the compiler only. */
export interface Field<T> {
  readonly number: number;
  readonly kind: Kind;
  readonly repeated: boolean;
  readonly message?: AnyMessage;
  readonly type?: T;
}

export type Spec = Readonly<Record<string, Field<unknown>>>;
export type AnyMessage = Message<Spec>;

/** The values of a message: every field may be absent, as in proto2. */
export type Values<S> = { -readonly [K in keyof S]?: S[K] extends Field<infer T> ? T : never };
export type Of<M> = M extends Message<infer S> ? Values<S> : never;

const scalar =
  <T>(kind: Kind) =>
  (number: number): Field<T> => ({ number, kind, repeated: false });

export const bytes = scalar<Uint8Array>("bytes");
export const string = scalar<string>("string");
export const bool = scalar<boolean>("bool");
export const int = scalar<number>("int");
export const num = scalar<number>("num");
export const big = scalar<bigint>("big");
export const sub = <S extends Spec>(number: number, message: Message<S>): Field<Values<S>> => ({
  number,
  kind: "message",
  repeated: false,
  message: message as unknown as AnyMessage,
});
export const list = <T>({ number, kind, message }: Field<T>): Field<T[]> => ({ number, kind, message, repeated: true });
