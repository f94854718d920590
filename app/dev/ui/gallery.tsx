"use client";
import Archive from "lucide-react/icons/archive";
import BellOff from "lucide-react/icons/bell-off";
import Ellipsis from "lucide-react/icons/ellipsis";
import Pencil from "lucide-react/icons/pencil";
import Smile from "lucide-react/icons/smile";
import Trash2 from "lucide-react/icons/trash-2";
import { type ReactNode, useState } from "react";
import { Avatar, AvatarPair } from "@/app/ui/avatar";
import { Badge, Tag } from "@/app/ui/badge";
import { Button, IconButton } from "@/app/ui/button";
import { ChannelLabel } from "@/app/ui/channel";
import { Dialog } from "@/app/ui/dialog";
import { TextArea, TextField } from "@/app/ui/field";
import { Kbd } from "@/app/ui/kbd";
import { Mark, Wordmark } from "@/app/ui/mark";
import { Menu } from "@/app/ui/menu";
import { Time } from "@/app/ui/moment";
import { Popover } from "@/app/ui/popover";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { EmptyState, ErrorState, Note } from "@/app/ui/states";
import { Knots, Strand } from "@/app/ui/strand";
import { Switch } from "@/app/ui/switch";
import { Tabs } from "@/app/ui/tabs";
import { ThemeSwitch } from "@/app/ui/theme-switch";
import { toast } from "@/app/ui/toast";
import type { Channel } from "@/domain/address";

const CHANNELS: readonly Channel[] = ["chat", "email", "sms", "site"];
const NAMES = ["Ann Arlen", "王小明", "דנה לוי", "🦊 Fox", "Jean-Luc d’Été", "x", "محمد علي"];

/** Every part once, to look at and to test with axe. */
export function Gallery() {
  return (
    <main className="mx-auto flex max-w-5xl flex-col gap-10 p-6">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <h1>
          <Wordmark />
        </h1>
        <ThemeSwitch />
      </header>
      <div className="grid gap-10 md:grid-cols-2">
        <Buttons />
        <Fields />
        <People />
        <Strands />
        <Floating />
        <States />
      </div>
    </main>
  );
}

const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col gap-4">
    <h2 className="font-semibold text-large">{name}</h2>
    {children}
  </section>
);

function Buttons() {
  return (
    <Part name="Buttons">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary">Send</Button>
        <Button icon={Pencil}>New message</Button>
        <Button look="plain">Cancel</Button>
        <Button look="danger" icon={Trash2}>
          Delete
        </Button>
        <Button look="primary" pending>
          Sending
        </Button>
        <Button disabled>Not now</Button>
        <Button size="small">Small</Button>
        <Button size="large" look="primary">
          Large
        </Button>
      </div>
      <div className="flex items-center gap-2">
        <IconButton icon={Archive} label="Archive" keys="e" />
        <IconButton icon={BellOff} label="Mute" keys="m" pressed />
        <IconButton icon={Pencil} label="New message" keys="$mod+n" size="small" />
        <Kbd keys="$mod+k" />
        <Kbd keys="g i" />
      </div>
    </Part>
  );
}

function Fields() {
  const [on, setOn] = useState(true);
  return (
    <Part name="Fields">
      <TextField label="Name" hint="As others will see it." placeholder="Ann Arlen" />
      <TextField
        label="Handle"
        defaultValue="ann arlen"
        error="A handle has small letters, digits, dots and dashes."
        before={<span className="text-faint">@</span>}
      />
      <TextArea label="Text" placeholder="Write something" />
      <Switch label="Sounds" hint="Only for people in Messages." checked={on} onCheckedChange={setOn} />
    </Part>
  );
}

function People() {
  return (
    <Part name="People">
      <div className="flex flex-wrap items-center gap-3">
        {NAMES.map((name, place) => (
          <Avatar key={name} name={name} named={false} size={40} presence={(["online", "away", "offline"] as const)[place % 3]} />
        ))}
        <AvatarPair names={[{ name: "Ann" }, { name: "Bo" }]} />
        {([20, 24, 32, 56] as const).map((size) => (
          <Avatar key={size} name="Ann Arlen" size={size} presence="online" />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Badge count={3} of="unread" />
        <Badge count={128} of="unread" />
        <Badge count={12} of="unread" strong={false} />
        <Tag>Draft</Tag>
        <Tag tone="accent">Admin</Tag>
        <Tag tone="good">Verified</Tag>
        <Tag tone="wait">Waiting</Tag>
        <Tag tone="danger">Failed</Tag>
      </div>
      <div className="flex flex-wrap gap-4 text-muted">
        <Time at={Date.now() - 5 * 60_000} />
        <Time at={Date.now() - 5 * 3_600_000} as="long" />
        <Time at={Date.now() - 3 * 86_400_000} as="day" />
        <Time at={Date.now() - 3 * 86_400_000} as="clock" />
      </div>
      <div className="flex items-end gap-4">
        {[16, 24, 40, 96].map((size) => (
          <Mark key={size} size={size} />
        ))}
      </div>
    </Part>
  );
}

const SAID: readonly { channel: Channel; text: string }[] = [
  { channel: "chat", text: "Are you at the station already?" },
  { channel: "chat", text: "I have the tickets with me." },
  { channel: "email", text: "The booking is attached; seats 41 and 42." },
  { channel: "sms", text: "Train is late, 20 min" },
  { channel: "site", text: "Question from the form on your site" },
];

function Strands() {
  return (
    <Part name="Strand">
      <div className="flex flex-wrap gap-4">
        {CHANNELS.map((channel) => (
          <ChannelLabel key={channel} channel={channel} />
        ))}
      </div>
      <div className="flex gap-6">
        <Knots channels={["chat", "chat", "email", "chat", "sms"]} />
        <Knots channels={["email"]} />
        <Knots channels={["site", "email", "email"]} />
      </div>
      <div>
        {SAID.map(({ channel, text }, place) => (
          <div key={text} className="relative ps-8 pb-3">
            <Strand channel={channel} before={SAID[place - 1]?.channel} first={place === 0} last={place === SAID.length - 1} />
            <p className="w-fit rounded-bubble bg-bubble px-3 py-1.5">{text}</p>
          </div>
        ))}
      </div>
    </Part>
  );
}

function Floating() {
  const [open, setOpen] = useState(false);
  const groups = [
    {
      items: [
        { label: "Archive", icon: Archive, keys: "e" },
        { label: "Mute", icon: BellOff, keys: "m", checked: true },
      ],
    },
    { heading: "Danger", items: [{ label: "Delete for me", icon: Trash2, danger: true }] },
  ];
  return (
    <Part name="Floating">
      <div className="flex flex-wrap gap-2">
        <Menu label="Thread" trigger={(props) => <IconButton {...props} icon={Ellipsis} label="More" />} groups={groups} />
        <Popover label="Emoji" trigger={(props) => <IconButton {...props} icon={Smile} label="Emoji" />}>
          {(close) => <Button onClick={close}>A surface with a button</Button>}
        </Popover>
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Button onClick={() => toast("Archived", { undo: () => toast("Back in Messages") })}>Toast</Button>
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Name this group"
        description="Everyone in it sees the name."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button look="primary" onClick={() => setOpen(false)}>
              Save
            </Button>
          </>
        }
      >
        <TextField label="Name" />
      </Dialog>
      <Tabs
        label="Details"
        tabs={[
          { value: "people", label: "People", panel: <p>Three people.</p> },
          { value: "files", label: "Files", panel: <p>No files yet.</p> },
        ]}
      />
    </Part>
  );
}

function States() {
  return (
    <Part name="States">
      <Note>Offline since 09:14. What you write is kept and goes out when you are back.</Note>
      <Note tone="danger">Not delivered: the address does not exist.</Note>
      <Loading of="threads" className="flex flex-col">
        <div className="flex items-center gap-3">
          <Skeleton round className="size-10" />
          <div className="flex grow flex-col gap-2">
            <Skeleton className="h-3 w-1/2" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      </Loading>
      <EmptyState action={<Button look="primary">Write to someone</Button>}>No conversations yet.</EmptyState>
      <ErrorState what="Your threads could not be loaded." works="What you have written is kept." action={<Button>Try again</Button>} />
    </Part>
  );
}
