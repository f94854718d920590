import type { MailEvents } from "./bridges/email/events";
import type { SmsFigures } from "./bridges/sms/figures";
import type { MessagingEvents } from "./messaging";
import type { OverviewService } from "./overview";
import type { Events } from "./platform/events";

/** What messaging tells of itself, as logs, counters and the admin's plots. */
export function messagingEvents(events: Events, overview: () => OverviewService, texts: Pick<SmsFigures, "reported">): MessagingEvents {
  return {
    committed({ user, entries }) {
      for (const { action } of entries) {
        if (action.type === "DeliveryReported") texts.reported(action.delivery);
        if (action.type !== "MessageSent") continue;
        const { id, threadId, channel, delivery } = action.message;
        overview().messages.add(1);
        events.messageSent({ user, messageId: id, threadId, channel, recipients: Object.keys(delivery ?? {}).length });
      }
    },
    delivered({ id, channel }, to, afterMs) {
      overview().latency.add(afterMs);
      events.messageDelivered({ messageId: id, to, channel, afterMs });
    },
    sentOutside({ delivery, message, to }) {
      const { reason = "", detail, channel, retryAt } = delivery;
      const fact = { messageId: message.id, to, channel, ...(detail !== undefined && { detail }) };
      if (delivery.state === "sent") events.messageRelayed(fact);
      else events.deliveryFailed({ ...fact, reason, final: delivery.state === "failed", ...(retryAt !== undefined && { retryAt }) });
    },
    mailReceived() {
      overview().messages.add(1);
    },
    textReceived() {
      overview().messages.add(1);
    },
    deliveryStumbled(error, on) {
      events.workStumbled({ work: "delivery", error, on });
    },
    archivingStumbled: (error) => events.workStumbled({ work: "archive", error }),
  };
}

/** What the mail doors tell of themselves. */
export function mailEvents(events: Events): MailEvents {
  return {
    mailAccepted: ({ id, recipients, bytes }) => events.mailReceived({ id, recipients, bytes }),
    mailRefused: ({ reply, ip }) =>
      events.mailRefused({ code: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0] ?? reply.slice(0, 3), reason: reply, remote: ip }),
    mailArrived({ id, quarantined }) {
      if (quarantined !== undefined) events.mailQuarantined({ id, reason: quarantined, bytes: 0 });
    },
    mailDeferred: ({ id, error }) => events.workStumbled({ work: "mail", error, on: id }),
    mailTrouble: ({ what, id, error }) => events.workStumbled({ work: what, error, ...(id !== undefined && { on: id }) }),
  };
}
