import type { Delivery } from "@/domain/message";

/** The stable words of a delivery as sentences: for the one who sent, and for the details of a message. */
const FAILED: Readonly<Record<string, string>> = {
  "address-unknown": "the address does not exist.",
  "mailbox-full": "the mailbox there is full.",
  "too-large": "it is too large for the other side.",
  refused: "the other side refused it.",
  "relay-busy": "the mail server asks to come again later.",
  "relay-unreachable": "the mail server does not answer.",
  "relay-login": "the mail server does not accept Braid's password. Somebody who runs Braid has to mend that.",
  "connection-lost": "the connection broke on the way, so it may have arrived.",
  "no-such-person": "this person is not here any more.",
  "no-way-to-reach": "there is no way to reach this address yet.",
  "left-the-group": "this person has left the conversation.",
  "message-gone": "the message was deleted before it could go.",
  "asked-to-stop": "whoever has this phone asked for no more messages.",
  "too-many-segments": "it is too long for SMS, of which at most 10 segments are sent.",
  "too-expensive": "it would cost more than one text may.",
  "country-not-allowed": "this Braid sends no texts to that country.",
  "range-not-allowed": "this Braid sends no texts to numbers of that kind.",
  "premium-number": "this Braid sends no texts to numbers that earn by them.",
  "no-number-to-answer": "texts to that country cannot be answered.",
  "carrier-unreachable": "the carrier does not answer.",
  "carrier-busy": "the carrier asks to come again later.",
  "carrier-login": "the carrier does not accept Braid's password. Somebody who runs Braid has to mend that.",
  "phone-undeliverable": "the network cannot deliver it to this phone.",
  "phone-expired": "the phone was off or out of reach for too long.",
  "phone-rejected": "the phone's network turned it down.",
  "phone-deleted": "the phone's network dropped it on the way.",
};

/** Where a phone has other words than an address. */
const FAILED_SMS: Readonly<Record<string, string>> = {
  "address-unknown": "the number does not exist.",
  "no-way-to-reach": "there is no way to reach this number yet.",
};

const WHY: Readonly<Record<string, string>> = {
  "has-account": "By chat, because this person uses Braid.",
  "outside-by-email": "By e-mail, because this address is outside Braid.",
  "accepted-by-relay": "By e-mail, because this address is outside Braid. The mail server took it.",
  "joined-meanwhile": "By chat, because this person was added while it was on its way.",
  "outside-by-sms": "By SMS, because this number is outside Braid.",
  "accepted-by-carrier": "By SMS, because this number is outside Braid. The carrier took it.",
  "confirmed-by-phone": "By SMS, because this number is outside Braid. The phone has it.",
  "tried-again": "Being tried again, because you asked for it.",
};

/** Why something did not arrive, to follow "Not delivered: ". */
export const failureWords = ({ reason = "", channel }: Pick<Delivery, "reason" | "channel">, unknown = "the other side did not take it."): string =>
  (channel === "sms" ? FAILED_SMS[reason] : undefined) ?? FAILED[reason] ?? unknown;

/** Why a message went the way it went; undefined when nothing is known. */
export const whyWords = (reason: string | undefined): string | undefined => WHY[reason ?? ""];
