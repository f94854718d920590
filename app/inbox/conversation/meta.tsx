"use client";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useActions } from "@/app/replica/hooks";
import type { Connection, MessageView } from "@/app/replica/types";
import { Icon } from "@/app/ui/icon";
import { Time } from "@/app/ui/moment";
import { useNow } from "@/app/ui/now";
import { toast } from "@/app/ui/toast";
import { told, useActs } from "../acts";
import { type DeliveryContext, deliveryWords, type Unconfirmed } from "../model/delivery";
import { firstName } from "../model/names";
import { type ConversationValue, useConversation } from "./context";

/** What the browser knows of a message that is not confirmed yet. */
function unconfirmedOf(message: MessageView, { state, stalledSince }: Connection): Unconfirmed | undefined {
  if (message.pending === "failed") return { state: "failed", sentence: message.failure?.sentence ?? "Something went wrong." };
  if (message.pending === undefined) return undefined;
  return { state: state === "offline" ? "waiting" : stalledSince === undefined ? "sending" : "held" };
}

export function deliveryContext(message: MessageView, { thread, me, person, connection }: ConversationValue, now: number): DeliveryContext {
  const unconfirmed = unconfirmedOf(message, connection);
  return { thread, me: me.id, name: (id) => firstName(person(id).name), now, ...(unconfirmed && { unconfirmed }) };
}

/** Whether a message of mine did not arrive, here or there. */
export const hasFailed = (message: MessageView): boolean =>
  message.pending === "failed" || Object.values(message.delivery ?? {}).some(({ state }) => state === "failed");

/** Under the last of my messages: when, and what became of it. */
export function DeliveryLine({ message }: { message: MessageView }) {
  const conversation = useConversation();
  const { words, failed } = deliveryWords(message, { ...deliveryContext(message, conversation, useNow()), beside: message.at });
  if (failed) return <FailureLine message={message} words={words} />;
  return (
    <span className="flex items-baseline gap-1 text-faint text-small">
      {message.pending === undefined && <Time at={message.at} as="clock" />}
      {message.pending === undefined && words !== "" && <span aria-hidden>·</span>}
      <span>{words}</span>
    </span>
  );
}

const BUTTON = "rounded-sm font-medium underline-offset-2 hover:underline max-md:min-h-11 max-md:px-2";

function FailureLine({ message, words }: { message: MessageView; words: string }) {
  const { thread, putBack } = useConversation();
  const actions = useActions();
  const acts = useActs();
  const pending = message.pending !== undefined;
  const retry = () => (pending ? actions.retry(thread.id, message.key) : told(actions.retryDelivery(thread.id, message.id)));
  const discard = () => {
    if (!pending) return acts.deleteMessage(thread.id, message.id);
    const text = actions.discard(thread.id, message.key);
    if (text !== undefined) toast("Discarded", { id: message.key, undo: () => putBack(text) });
  };
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-3 gap-y-0.5 text-danger text-small">
      <span className="flex items-center gap-1">
        <Icon of={TriangleAlert} size={12} />
        {words}
      </span>
      <span className="flex gap-3">
        <button type="button" onClick={retry} className={BUTTON}>
          Retry
        </button>
        <button type="button" onClick={discard} className={BUTTON}>
          Discard
        </button>
      </span>
    </span>
  );
}
