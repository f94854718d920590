"use client";
import { memo } from "react";
import type { MessageView } from "@/app/replica/types";
import { Avatar } from "@/app/ui/avatar";
import { CHANNEL } from "@/app/ui/channel";
import { cx } from "@/app/ui/cx";
import { lazily } from "@/app/ui/floating";
import { Time } from "@/app/ui/moment";
import { Strand } from "@/app/ui/strand";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import { isEmojiOnly } from "../model/emoji";
import { eventWords } from "../model/names";
import type { Row } from "../model/rows";
import { OneLine } from "../one-line";
import { Body } from "./body";
import { useConversation } from "./context";
import { MailParts } from "./mail";
import { MessageMenu } from "./message-menu";
import { DeliveryLine, hasFailed } from "./meta";

const Files = lazily(() => import("./files"));

interface MessageRowProps {
  row: Row<MessageView>;
  /** The newest of my own messages says what became of it. */
  lastOwn: boolean;
  /** The one row that Tab reaches. */
  stop: boolean;
  /** Named by the address of the page: it stands out for a moment. */
  marked: boolean;
}

/** One message with the strand beside it, and above it what changes there: the day, what is new, the channel, the subject. */
export const MessageRow = memo(function MessageRow({ row, lastOwn, stop, marked }: MessageRowProps) {
  const { message } = row;
  const strand = row.before ?? row.channel ?? message.channel;
  const plain = <Strand channel={strand} before={strand} />;
  return (
    <div className="mx-auto max-w-[60rem] px-3 md:px-5">
      {row.startsDay && (
        <div className="relative flex justify-center py-4 ps-8">
          {row.before && plain}
          <Time at={row.day} as="day" className="text-faint text-small" />
        </div>
      )}
      {row.unread && (
        <div className="relative flex items-center gap-3 py-2 ps-8 text-accent text-small">
          {row.before && plain}
          <span className="h-px grow bg-accent/40" />
          New
          <span className="h-px grow bg-accent/40" />
        </div>
      )}
      {message.event ? <EventLine row={row} /> : <MessageLine {...{ row, lastOwn, stop, marked }} />}
    </div>
  );
});

function EventLine({ row: { message, before } }: { row: Row<MessageView> }) {
  const { me, person } = useConversation();
  const channel = before ?? message.channel;
  return (
    <p className="relative py-2 ps-8 text-center text-faint text-small">
      {before && <Strand channel={channel} before={channel} />}
      <bdi>{message.event && eventWords(message.event, message.from, (id) => person(id).name, me.id)}</bdi>
    </p>
  );
}

function MessageLine({ row, lastOwn, stop, marked }: MessageRowProps) {
  const { message, channel, opens } = row;
  const { me } = useConversation();
  const own = message.from === me.id;
  return (
    <>
      {row.before && (channel !== undefined || row.subject !== undefined) && (
        <div className="relative h-2">
          <Strand channel={row.before} before={row.before} />
        </div>
      )}
      {(channel !== undefined || row.subject !== undefined) && <ChannelLine row={row} />}
      <div className={cx("relative ps-8", !opens ? "pt-0.5" : channel === undefined && row.subject === undefined && "pt-3")}>
        <Strand channel={message.channel} before={message.channel} />
        <div className={cx("flex flex-col", own ? "items-end" : "items-start")}>
          {opens && !own && <Sender message={message} />}
          <div className={cx("group/message flex w-full min-w-0 items-center gap-1", own && "flex-row-reverse")}>
            <Bubble {...{ row, own, marked }} />
            <MessageMenu message={message} stop={stop} />
          </div>
          <Under {...{ row, own, lastOwn }} />
        </div>
      </div>
    </>
  );
}

/** "E-mail", and the subject where it changes. */
function ChannelLine({ row: { message, channel, before, subject } }: { row: Row<MessageView> }) {
  return (
    <div className="relative flex min-h-8 flex-wrap items-center gap-x-2 ps-8 text-small">
      <Strand
        channel={message.channel}
        {...(channel === undefined ? { before: message.channel } : { ...(before && { before }), first: before === undefined })}
      />
      {channel !== undefined && (
        <span aria-hidden className="text-muted">
          {CHANNEL[channel].word}
        </span>
      )}
      {subject !== undefined && (
        <span dir="auto" className="min-w-0 font-medium">
          {subject}
        </span>
      )}
    </div>
  );
}

/** Who speaks: said in words to screen readers always, shown where there is a choice. */
function Sender({ message }: { message: MessageView }) {
  const { thread, person } = useConversation();
  const { name, hue } = person(message.from);
  if (thread.people.length <= 2 && thread.kind === "direct") return <VisuallyHidden>{name} wrote</VisuallyHidden>;
  return (
    <span className="mb-1 flex min-w-0 max-w-full items-center gap-2 text-small">
      <Avatar name={name} hue={hue} size={20} />
      <OneLine className="font-medium">{name}</OneLine>
    </span>
  );
}

function Bubble({ row: { message, opens, closes }, own, marked }: { row: Row<MessageView>; own: boolean; marked: boolean }) {
  const { mail } = message;
  const { person } = useConversation();
  const bare = mail === undefined && message.files === undefined && isEmojiOnly(message.text);
  return (
    <div
      className={cx(
        "min-w-0 max-w-[min(68ch,88%)] rounded-bubble transition-shadow",
        bare ? "px-1" : cx("px-3.5 py-2", own ? "bg-accent-soft" : "bg-hover"),
        own ? cx(!opens && "rounded-se-sm", !closes && "rounded-ee-sm") : cx(!opens && "rounded-ss-sm", !closes && "rounded-es-sm"),
        marked && "ring-2 ring-accent",
      )}
    >
      {own && opens && <VisuallyHidden>You wrote</VisuallyHidden>}
      {mail?.quarantined !== undefined ? <p className="text-muted">This mail could not be read safely. The original is kept.</p> : <Text message={message} />}
      {hasFiles(message) && <Files message={message} from={own ? "you" : person(message.from).name} />}
      {mail && <MailParts message={message} mail={mail} />}
    </div>
  );
}

const hasFiles = ({ files, mail }: MessageView): boolean => (files ?? mail?.attachments ?? []).length > 0;

function Text({ message }: { message: MessageView }) {
  if (message.text.trim() !== "") return <Body text={message.text} />;
  return hasFiles(message) ? null : <p className="text-muted">No text</p>;
}

function Under({ row: { message, closes }, own, lastOwn }: { row: Row<MessageView>; own: boolean; lastOwn: boolean }) {
  if (own && (lastOwn || message.pending !== undefined || hasFailed(message))) {
    return (
      <div className="min-h-5 px-1 pt-0.5">
        <DeliveryLine message={message} />
      </div>
    );
  }
  if (!closes) return null;
  return (
    <span className="px-1 pt-0.5 text-faint text-small">
      <Time at={message.at} as="clock" />
    </span>
  );
}
