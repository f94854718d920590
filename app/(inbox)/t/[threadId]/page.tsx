/** One conversation; the layout draws it, or says that there is none. */
export default function ThreadPage() {
  return null;
}
