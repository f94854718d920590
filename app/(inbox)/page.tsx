/** The messages folder; the layout draws it. */
export default function MessagesPage() {
  return null;
}
