import type { Keyword, Language } from "./keywords";

type Words = Readonly<Record<Keyword, (who: string) => string>>;

/** What we answer, in the language in which we were asked. START and STOP are understood everywhere. */
const REPLIES: Readonly<Record<Language, Words>> = {
  en: {
    stop: (who) => `You will get no more messages from ${who} at this number. Reply START to get them again.`,
    start: (who) => `You get messages from ${who} again. Reply STOP to end them, HELP for help.`,
    help: (who) =>
      `This is ${who}. Reply to a message to answer it, or begin with @ and a name to write to somebody, as in: @ann Hello. Reply STOP to end messages.`,
  },
  es: {
    stop: (who) => `No recibirá más mensajes de ${who} en este número. Responda START para volver a recibirlos.`,
    start: (who) => `Vuelve a recibir mensajes de ${who}. Responda STOP para dejar de recibirlos, AYUDA para obtener ayuda.`,
    help: (who) => `Esto es ${who}. Responda a un mensaje para contestarlo, o empiece con @ y un nombre, como: @ann Hola. Responda STOP para no recibir más.`,
  },
  pt: {
    stop: (who) => `Não receberá mais mensagens de ${who} neste número. Responda START para voltar a recebê-las.`,
    start: (who) => `Volta a receber mensagens de ${who}. Responda STOP para deixar de recebê-las, AJUDA para obter ajuda.`,
    help: (who) => `Este é o ${who}. Responda a uma mensagem, ou comece com @ e um nome, como: @ann Olá. Responda STOP para não receber mais.`,
  },
  fr: {
    stop: (who) => `Vous ne recevrez plus de messages de ${who} à ce numéro. Répondez START pour en recevoir à nouveau.`,
    start: (who) => `Vous recevez à nouveau les messages de ${who}. Répondez STOP pour les arrêter, AIDE pour de l'aide.`,
    help: (who) => `Ici ${who}. Répondez à un message, ou commencez par @ et un nom, par exemple : @ann Bonjour. Répondez STOP pour ne plus rien recevoir.`,
  },
  de: {
    stop: (who) => `Sie bekommen keine Nachrichten von ${who} mehr an diese Nummer. Mit START bekommen Sie sie wieder.`,
    start: (who) => `Sie bekommen wieder Nachrichten von ${who}. STOP beendet sie, HILFE hilft.`,
    help: (who) => `Hier ist ${who}. Antworten Sie auf eine Nachricht, oder beginnen Sie mit @ und einem Namen, wie: @ann Hallo. STOP beendet die Nachrichten.`,
  },
  it: {
    stop: (who) => `Non riceverà più messaggi da ${who} a questo numero. Risponda START per riceverli di nuovo.`,
    start: (who) => `Riceve di nuovo i messaggi di ${who}. Risponda STOP per non riceverli più, AIUTO per un aiuto.`,
    help: (who) => `Questo è ${who}. Risponda a un messaggio, o inizi con @ e un nome, come: @ann Ciao. Risponda STOP per non ricevere altro.`,
  },
  nl: {
    stop: (who) => `U krijgt op dit nummer geen berichten van ${who} meer. Antwoord START om ze weer te krijgen.`,
    start: (who) => `U krijgt weer berichten van ${who}. Antwoord STOP om te stoppen, HULP voor hulp.`,
    help: (who) => `Dit is ${who}. Beantwoord een bericht, of begin met @ en een naam, zoals: @ann Hallo. Antwoord STOP om te stoppen.`,
  },
  pl: {
    stop: (who) => `Nie otrzymasz więcej wiadomości od ${who} na ten numer. Odpowiedz START, aby znów je otrzymywać.`,
    start: (who) => `Znów otrzymujesz wiadomości od ${who}. Odpowiedz STOP, aby przestać, POMOC, aby uzyskać pomoc.`,
    help: (who) => `Tu ${who}. Odpowiedz na wiadomość albo zacznij od @ i nazwy, np.: @ann Cześć. Odpowiedz STOP, aby przestać.`,
  },
  tr: {
    stop: (who) => `Bu numaraya ${who} tarafından artık mesaj gönderilmeyecek. Yeniden almak için START yazın.`,
    start: (who) => `${who} mesajlarını yeniden alıyorsunuz. Durdurmak için STOP, yardım için YARDIM yazın.`,
    help: (who) => `Burası ${who}. Bir mesajı yanıtlayın ya da @ ve bir adla başlayın: @ann Merhaba. Durdurmak için STOP yazın.`,
  },
  sv: {
    stop: (who) => `Du får inga fler meddelanden från ${who} till det här numret. Svara START för att få dem igen.`,
    start: (who) => `Du får meddelanden från ${who} igen. Svara STOP för att avsluta, HJÄLP för hjälp.`,
    help: (who) => `Det här är ${who}. Svara på ett meddelande, eller börja med @ och ett namn: @ann Hej. Svara STOP för att avsluta.`,
  },
  da: {
    stop: (who) => `Du får ikke flere beskeder fra ${who} på dette nummer. Svar START for at få dem igen.`,
    start: (who) => `Du får igen beskeder fra ${who}. Svar STOP for at stoppe, HJÆLP for hjælp.`,
    help: (who) => `Dette er ${who}. Svar på en besked, eller begynd med @ og et navn: @ann Hej. Svar STOP for at stoppe.`,
  },
  nb: {
    stop: (who) => `Du får ikke flere meldinger fra ${who} på dette nummeret. Svar START for å få dem igjen.`,
    start: (who) => `Du får igjen meldinger fra ${who}. Svar STOP for å stoppe, HJELP for hjelp.`,
    help: (who) => `Dette er ${who}. Svar på en melding, eller begynn med @ og et navn: @ann Hei. Svar STOP for å stoppe.`,
  },
  ru: {
    stop: (who) => `Сообщения от ${who} на этот номер больше не придут. Чтобы получать их снова, ответьте START.`,
    start: (who) => `Вы снова получаете сообщения от ${who}. STOP прекращает их, ПОМОЩЬ даёт справку.`,
    help: (who) => `Это ${who}. Ответьте на сообщение или начните с @ и имени: @ann Привет. STOP прекращает сообщения.`,
  },
  ja: {
    stop: (who) => `今後、この番号に${who}からのメッセージは届きません。再開するにはSTARTと返信してください。`,
    start: (who) => `${who}からのメッセージを再開しました。停止するにはSTOPと返信してください。`,
    help: (who) => `こちらは${who}です。メッセージに返信するか、@と名前で始めてください（例：@ann こんにちは）。停止するにはSTOPと返信してください。`,
  },
  zh: {
    stop: (who) => `此号码将不再收到${who}的消息。回复START可重新接收。`,
    start: (who) => `您将重新收到${who}的消息。回复STOP可停止。`,
    help: (who) => `这里是${who}。直接回复消息，或以@加名字开头，例如：@ann 你好。回复STOP可停止。`,
  },
  ko: {
    stop: (who) => `이 번호로 더 이상 ${who} 메시지가 오지 않습니다. 다시 받으려면 START라고 답장하세요.`,
    start: (who) => `${who} 메시지를 다시 받습니다. 중지하려면 STOP이라고 답장하세요.`,
    help: (who) => `${who}입니다. 메시지에 답장하거나 @와 이름으로 시작하세요. 예: @ann 안녕. 중지하려면 STOP이라고 답장하세요.`,
  },
  ar: {
    stop: (who) => `لن تصلك رسائل أخرى من ${who} على هذا الرقم. أرسل START لاستلامها من جديد.`,
    start: (who) => `تصلك الرسائل من ${who} من جديد. أرسل STOP لإيقافها.`,
    help: (who) => `هذا ${who}. أجب عن رسالة، أو ابدأ بعلامة @ واسم، مثل: ‎@ann مرحبا. أرسل STOP لإيقاف الرسائل.`,
  },
};

/** `who`: who we are, as a name. */
export const replyTo = (keyword: Keyword, language: Language, who: string): string => REPLIES[language][keyword](who);
