"use client";
import { type ReactNode, useMemo } from "react";
import { useConnection, usePeople } from "@/app/replica/hooks";
import type { Me, MessageView } from "@/app/replica/types";
import { ChannelLabel } from "@/app/ui/channel";
import { useNow } from "@/app/ui/now";
import { Note } from "@/app/ui/states";
import { exactTime } from "@/app/ui/time";
import { isPhone, outsidePhone, type ParticipantId } from "@/domain/address";
import type { Delivery, MailPart } from "@/domain/message";
import type { Person } from "@/domain/person";
import { phoneWords } from "@/domain/phone";
import type { Thread } from "@/domain/thread";
import { deliveryContext } from "../conversation/meta";
import { copiedWords, copyWhy, copyWords } from "../model/copies";
import { recipientWords } from "../model/delivery";
import { whyWords } from "../model/reasons";
import { receivedFacts, sentFacts } from "../model/sms";
import { listWords, sizeWords } from "../model/words";

interface MessagePartProps {
  message: MessageView;
  thread: Thread;
  me: Me;
  person: (id: ParticipantId) => Person;
}

/** One message: when, how, to whom, why this way, and what its mail says of itself. */
export function MessagePart({ message, thread, me, person }: MessagePartProps) {
  const { mail, sms } = message;
  const deliveries = Object.entries(message.delivery ?? {});
  const connection = useConnection();
  const number = useNumberWords(message);
  const context = deliveryContext(message, { thread, me, person, connection, putBack: () => {} }, useNow());
  return (
    <>
      <dl className="flex flex-col gap-3">
        <Fact name="From">{message.from === me.id ? "You" : person(message.from).name}</Fact>
        <Fact name="When">{exactTime(message.at)}</Fact>
        <Fact name="How">
          <ChannelLabel channel={message.channel} />
        </Fact>
        {mail && <MailFacts mail={mail} />}
        {sms && receivedFacts(sms, number).map(([name, words]) => <Fact key={name} name={name} children={words} />)}
      </dl>
      {mail?.sender === "unproven" && (
        <Note tone="wait">Nothing proves that this mail comes from the address it shows. Do not act on it alone if it matters.</Note>
      )}
      {sms?.missing !== undefined && <Note tone="wait">A part of this message did not come. Its place in the text is marked.</Note>}
      {deliveries.length > 0 && (
        <section aria-labelledby="why" className="flex flex-col gap-2">
          <h3 id="why" className="text-faint text-small">
            {message.from === me.id ? "What became of it" : "To your phone"}
          </h3>
          <ul className="flex flex-col gap-3">
            {deliveries.map(([to, delivery]) => (
              <Outcome
                key={to}
                name={person(to).name}
                delivery={delivery}
                number={number}
                words={(delivery.copy && copyWords(delivery, context.now)) ?? recipientWords(to, delivery, message, context)}
                why={whysOf(delivery, context.name(to))}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** How people write the numbers that the message went by, as the server says: so they stand elsewhere in the inbox. */
function useNumberWords({ sms, delivery = {} }: MessageView): (number: string) => string {
  const numbers = [sms?.from, sms?.to, ...Object.values(delivery).map((one) => one.sms?.from)];
  const ids = numbers.filter((number) => number !== undefined && isPhone(number)).join(" ");
  const people = usePeople(useMemo(() => (ids === "" ? [] : ids.split(" ").map(outsidePhone)), [ids]));
  return (number) => people.get(outsidePhone(number))?.shown ?? phoneWords(number);
}

/** Why this way, and what the other side did beside it. */
function whysOf({ reason, copy, copied }: Delivery, name: string): readonly string[] {
  const why = copy ? copyWhy(copy) : whyWords(reason);
  return [...(why ? [why] : []), ...(copied ? [copiedWords(copied, name)] : [])];
}

interface OutcomeProps {
  name: string;
  delivery: Delivery;
  words: string;
  why: readonly string[];
  number: (phone: string) => string;
}

const Outcome = ({ name, delivery, words, why, number }: OutcomeProps) => (
  <li className="flex flex-col">
    <bdi className="font-medium">{name}</bdi>
    <span className={delivery.state === "failed" ? "text-danger" : ""}>{words}</span>
    {why.map((sentence) => (
      <span key={sentence} className="text-muted text-small">
        {sentence}
      </span>
    ))}
    {delivery.sms && (
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-small">
        {sentFacts(delivery.sms, number).map(([name, words]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd>
              <bdi>{words}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    )}
    {delivery.detail && delivery.detail !== delivery.sms?.carrier && (
      <span className="text-faint text-small">
        The other side said: <bdi className="font-mono">{delivery.detail}</bdi>
      </span>
    )}
  </li>
);

function MailFacts({ mail }: { mail: MailPart }) {
  return (
    <>
      {mail.subject && <Fact name="Subject">{mail.subject}</Fact>}
      {mail.fromAddress && <Fact name="Address">{mail.fromAddress}</Fact>}
      {mail.to && mail.to.length > 0 && <Fact name="To">{listWords(mail.to, 8)}</Fact>}
      {mail.cc && mail.cc.length > 0 && <Fact name="Copies to">{listWords(mail.cc, 8)}</Fact>}
      {mail.date !== undefined && <Fact name="Date in the mail">{exactTime(mail.date)}</Fact>}
      {mail.bytes !== undefined && <Fact name="Size">{sizeWords(mail.bytes)}</Fact>}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex flex-col">
    <dt className="text-faint text-small">{name}</dt>
    <dd dir="auto" className="text-start">
      {children}
    </dd>
  </div>
);
