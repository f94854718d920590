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
};

const WHY: Readonly<Record<string, string>> = {
  "has-account": "By chat, because this person uses Braid.",
  "outside-by-email": "By e-mail, because this address is outside Braid.",
  "accepted-by-relay": "By e-mail, because this address is outside Braid. The mail server took it.",
  "joined-meanwhile": "By chat, because this person was added while it was on its way.",
  "tried-again": "Being tried again, because you asked for it.",
};

/** Why something did not arrive, to follow "Not delivered: ". */
export const failureWords = (reason: string | undefined): string => FAILED[reason ?? ""] ?? "the other side did not take it.";

/** Why a message went the way it went; undefined when nothing is known. */
export const whyWords = (reason: string | undefined): string | undefined => WHY[reason ?? ""];
