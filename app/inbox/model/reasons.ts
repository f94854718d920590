/** The stable words of a delivery as sentences, for the one who sent and for the details of a message. */
const FAILED: Readonly<Record<string, string>> = {
  "address-unknown": "the address does not exist.",
  "address-invalid": "the address cannot receive mail.",
  "mailbox-full": "the mailbox there is full.",
  refused: "the other side refused it.",
  "relay-unreachable": "the mail server does not answer.",
  "gave-up": "the other side did not take it for too long.",
  blocked: "this person does not receive messages from you.",
  left: "this person has left the conversation.",
};

const WHY: Readonly<Record<string, string>> = {
  "recipient-online": "is online in Braid",
};

export const failureWords = (reason: string | undefined): string => (reason && FAILED[reason]) || "the other side did not take it.";
export const whyWords = (reason: string | undefined): string | undefined => (reason ? WHY[reason] : undefined);
