import { Loading, Skeleton } from "@/app/ui/skeleton";

/** A conversation on its way: the room of its header, and messages in outline. */
export const Waiting = () => (
  <>
    <div className="h-14 shrink-0 border-line border-b" />
    <WaitingMessages />
  </>
);

export const WaitingMessages = () => (
  <Loading of="messages" className="flex grow flex-col justify-end overflow-hidden px-12 pb-6">
    <div className="flex flex-col gap-3">
      <Skeleton className="h-9 w-2/5 rounded-bubble" />
      <Skeleton className="h-9 w-3/5 rounded-bubble" />
      <Skeleton className="h-9 w-1/3 self-end rounded-bubble" />
      <Skeleton className="h-16 w-1/2 rounded-bubble" />
      <Skeleton className="h-9 w-2/5 self-end rounded-bubble" />
    </div>
  </Loading>
);
