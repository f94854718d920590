"use client";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useMemo } from "react";
import type { MessageView } from "@/app/replica/types";
import { ChannelIcon } from "@/app/ui/channel";
import { lazily } from "@/app/ui/floating";
import { Icon } from "@/app/ui/icon";
import { phoneOf } from "@/domain/address";
import { useConversation } from "../conversation/context";
import { audienceOf } from "../model/audience";
import { addressWords, firstName } from "../model/names";

/** It counts by the alphabets of phones, which only conversations with a phone need. */
const SmsSize = lazily(() => import("./sms-size"));

/** What will happen on Enter, and what to consider before. */
export function AudienceLine({ messages, text, onReplace }: { messages: readonly MessageView[]; text: string; onReplace: (text: string) => void }) {
  const { thread, me, person } = useConversation();
  const audience = useMemo(
    () =>
      audienceOf(thread, messages, {
        me: me.id,
        name: (id) => firstName(person(id).name),
        address: (id) => addressWords(person(id)),
        from: me.email,
      }),
    [thread, messages, me, person],
  );
  return (
    <div id="audience" className="flex min-h-8 min-w-0 grow flex-col justify-center ps-3.5 text-small max-md:min-h-11">
      {audience.warning && (
        <span className="flex items-start gap-1.5 text-email">
          <Icon of={TriangleAlert} size={12} className="mt-[3px]" />
          {audience.warning}
        </span>
      )}
      <span className="flex min-w-0 items-start gap-1.5 text-faint">
        {audience.channel && <ChannelIcon channel={audience.channel} size={12} silent className="mt-[3px]" />}
        <bdi className="min-w-0">
          {audience.words}
          {thread.people.some(phoneOf) && <SmsSize {...{ text, messages, onReplace }} />}
        </bdi>
      </span>
    </div>
  );
}
