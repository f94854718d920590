/**
 * What happened in the demo world before you came: a week of a small climbing club. `ago` is hours before now. People are named by handle,
 * somebody outside by address. Plays through the real doors, so it looks exactly as if it had happened.
 */
export type Scene =
  | { readonly kind: "say"; readonly ago: number; readonly from: string; readonly to: readonly string[]; readonly text: string }
  | {
      readonly kind: "mail";
      readonly ago: number;
      readonly from: string;
      readonly name?: string;
      readonly to: string;
      readonly subject: string;
      readonly text: string;
      readonly bulk?: boolean;
    }
  | { readonly kind: "name"; readonly ago: number; readonly by: string; readonly to: readonly string[]; readonly name: string }
  | { readonly kind: "read"; readonly ago: number; readonly by: string; readonly to: readonly string[] }
  | { readonly kind: "archive"; readonly ago: number; readonly by: string; readonly to: readonly string[] };

const CLUB = ["ann", "ben", "chiara", "dev"];

export const SCRIPT: readonly Scene[] = [
  {
    kind: "mail",
    ago: 170,
    from: "letters@citylibrary.example",
    name: "City Library",
    to: "ann",
    subject: "Your loans are due on Friday",
    text: "Two books are due on Friday:\n\nThe Living Mountain\nFeeding the Rat\n\nRenew them on our website.",
    bulk: true,
  },
  { kind: "say", ago: 166, from: "ann", to: ["ben"], text: "Did the new rope arrive?" },
  { kind: "say", ago: 165.8, from: "ben", to: ["ann"], text: "It did. 70 metres, dry treated, and a colour nobody could lose in the snow." },
  { kind: "say", ago: 165.7, from: "ann", to: ["ben"], text: "😍" },
  {
    kind: "mail",
    ago: 142,
    from: "ben@example.org",
    name: "Ben Brook",
    to: "ann",
    subject: "Hut booking",
    text: "Ann,\n\nthe hut has four beds left for the 12th. I wrote to the warden from here, chat does not reach her.\n\nBen",
  },
  { kind: "say", ago: 141, from: "ann", to: ["ben"], text: "Four is perfect. Take them all, I will pay you back on Sunday." },
  { kind: "say", ago: 120, from: "layla", to: ["ann"], text: "مرحبا آن، هل نلتقي عند القاعة يوم الثلاثاء؟" },
  { kind: "say", ago: 119.5, from: "ann", to: ["layla"], text: "Tuesday at seven works. I will bring the short quickdraws." },
  { kind: "say", ago: 96, from: "ann", to: CLUB, text: "All four beds are ours. Who drives?" },
  { kind: "name", ago: 95.9, by: "ann", to: CLUB, name: "Hut weekend" },
  { kind: "say", ago: 95.5, from: "dev", to: CLUB, text: "I can take three people and two ropes. Leaving at six, sorry." },
  { kind: "say", ago: 95.2, from: "ben", to: CLUB, text: "Six in the morning?" },
  { kind: "say", ago: 95.1, from: "dev", to: CLUB, text: "Six in the morning." },
  {
    kind: "mail",
    ago: 74,
    from: "nora.field@uplandhut.example",
    name: "Nora Field",
    to: "ann",
    subject: "Four beds on the 12th",
    text: "Dear Ann,\n\nyour four beds are reserved. Dinner is at half past six; please tell me by Thursday who eats no meat.\n\nThe upper path is closed after the rockfall, come by the stream.\n\nNora Field\nwarden, Upland Hut",
  },
  {
    kind: "say",
    ago: 73,
    from: "ann",
    to: ["nora.field@uplandhut.example"],
    text: "Dear Nora, thank you. One of us eats no meat. We will come by the stream and be there before five.\n\nAnn",
  },
  {
    kind: "mail",
    ago: 50,
    from: "nora.field@uplandhut.example",
    name: "Nora Field",
    to: "ann",
    subject: "Re: Four beds on the 12th",
    text: "Noted. The stove is lit from four on.\n\nNora\n\nOn Monday, Ann Archer wrote:\n> Dear Nora, thank you. One of us eats no meat.\n> We will come by the stream and be there before five.",
  },
  { kind: "say", ago: 46, from: "sakura", to: ["ann"], text: "来週の土曜日、駅前の喫茶店で会いませんか。新しい地図を持っていきます。" },
  {
    kind: "say",
    ago: 45,
    from: "maximiliana",
    to: ["ann"],
    text: "My dear Ann, would you lend me your second pair of crampons for the glacier course? Mine went back to the shop with a broken strap.",
  },
  { kind: "say", ago: 30, from: "dev", to: ["ann"], text: "Photos from last year: https://photos.example/upland-2025 (the one with the marmot is mine)" },
  { kind: "say", ago: 26, from: "ben", to: CLUB, text: "Forecast: dry until Sunday noon, then wind from the west. I would be off the ridge by eleven." },
  {
    kind: "mail",
    ago: 22,
    from: "offers@gearbarn.example",
    name: "Gear Barn",
    to: "ann",
    subject: "Winter sale: up to 30% off harnesses",
    text: "Harnesses, helmets and headlamps, this week only.",
    bulk: true,
  },
  { kind: "read", ago: 21, by: "ann", to: ["ben"] },
  { kind: "read", ago: 20, by: "ann", to: ["dev"] },
  { kind: "read", ago: 20, by: "ann", to: ["layla"] },
  { kind: "read", ago: 20, by: "ann", to: ["nora.field@uplandhut.example"] },
  { kind: "read", ago: 20, by: "ann", to: CLUB },
  { kind: "read", ago: 20, by: "ann", to: ["sakura"] },
  { kind: "archive", ago: 19, by: "ann", to: ["letters@citylibrary.example"] },
  { kind: "say", ago: 5, from: "ben", to: ["ann"], text: "I packed the rope, eight slings and the small stove. Anything else heavy you want me to carry?" },
  { kind: "say", ago: 2.5, from: "ann", to: ["ben"], text: "Only your good mood. See you at six." },
  { kind: "say", ago: 1.2, from: "chiara", to: CLUB, text: "Can somebody bring a second headlamp? Mine died on the stairs." },
  {
    kind: "mail",
    ago: 0.4,
    from: "ben@example.org",
    name: "Ben Brook",
    to: "ann",
    subject: "Train times, in case the car breaks down",
    text: "From the station at 5:42 or 6:42, change at the lake. The last one back is 19:10.\n\nSent from the office computer, which has no chat.",
  },
];
