/** What holds a text: a page's, a sentence of the backend, a release's, or a document in Markdown. */
export type Kind = "page" | "message" | "release" | "document";

/** One thing that docs/style.md says, as a pattern. */
export interface Rule {
  id: string;
  /** What is not said. A space stands for any white space. */
  pattern: RegExp;
  /** What to say instead. */
  say: string;
  why: string;
  /** A text that the rule finds. */
  example: string;
  /** Only in texts of these kinds; in all where it is not given. */
  only?: readonly Kind[];
  /** Keys of texts (paths of documents) that say it all the same, and why. */
  except?: Readonly<Record<string, string>>;
}

/** The spelling of names and terms, by textlint-rule-terminology; `exclude` is what this project writes otherwise. */
export const terms = {
  exclude: [
    "readme(s)?", // the file's name is README
    "built ?in(s)?", // applications are built in a folder
    "repo\\b", // a KfDef's word
    "file[- ]name(s)?",
    "V[ -]?S[ -]?Code", // as its makers call it
    "regexp?(s)?", // a label beside a search field has little room
  ],
};

export const rules: readonly Rule[] = [
  {
    id: "may-not",
    pattern: /\bmay not\b/i,
    say: "“You don't have permission to …”",
    why: "“May not” also means “possibly not”.",
    example: "You may not list Pods here.",
  },
  {
    id: "may",
    pattern: /\b(?:you|I|somebody|someone|who) may\b|\bmay I\b/i,
    say: "can",
    why: "“May” is for what is possible, “can” for what is permitted.",
    example: "What you may do here",
  },
  {
    id: "is-no",
    pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b)/i,
    say: "is not a …",
    why: "“Is no file” is not idiomatic.",
    example: "This is no KfDef.",
  },
  {
    id: "anew",
    pattern: /\banew\b/i,
    say: "again; “make anew” is “recreate”",
    why: "It is not the word of software.",
    example: "Nothing makes the pod anew.",
  },
  {
    id: "meanwhile",
    pattern: /\bmeanwhile\b/i,
    say: "in the meantime, or when it was",
    why: "The plain phrase reads faster.",
    example: "It was changed meanwhile.",
  },
  {
    id: "go-on",
    pattern: /\b(?:go|[Gg]oes|[Gg]oing|[Ww]ent|[Gg]one) on\b/,
    say: "continue",
    why: "Buttons say “Continue”.",
    example: "Everything that can go on does.",
  },
  {
    id: "begin",
    pattern: /\b(?:begin|begins|began|begun|beginning)\b/i,
    say: "start",
    why: "One word for one thing; buttons say “Start”.",
    example: "Begin with a letter.",
  },
  {
    id: "somebody",
    pattern: /\b(?:some|any|no|every)body\b/i,
    say: "someone, anyone, no one, everyone, or who it is",
    why: "Documentation says “someone”.",
    example: "What somebody can do",
  },
  {
    id: "gone",
    pattern: /\bgone\b/i,
    say: "deleted, removed, missing, no longer exists",
    why: "Say what happened to it.",
    example: "Its volume is gone.",
  },
  {
    id: "over",
    pattern: /\b(?:is|are|was|were) over\b/i,
    say: "finished, ended",
    why: "Say how it came out.",
    example: "The installation is over.",
  },
  {
    id: "takes-it",
    pattern: /\btakes? (?:it|them)\b(?! over\b)/i,
    say: "accepts, uses, removes",
    why: "“Take” has too many meanings.",
    example: "As kubectl takes it",
  },
  {
    id: "of-own",
    pattern: /\bof (?:my|your|his|her|its|our|their|one's) own\b/i,
    say: "your own, its own, custom, separate",
    why: "The word belongs before its noun.",
    example: "A column of your own",
  },
  {
    id: "stands",
    pattern: /\b(?:stands?|stood) (?:behind|before|in|on|there|beside|at|only|once)\b/i,
    say: "is",
    why: "Text and objects do not stand.",
    example: "Nothing ready stands behind its Service.",
  },
  {
    id: "words",
    pattern: /\b(?:its|their|own|server's|other's|else's) words\b/i,
    say: "message",
    why: "Programs write messages.",
    example: "Its words are above.",
  },
  {
    id: "asking",
    pattern: /\basking the (?:cluster|server|API server)\b|^(?:asking|say) /i,
    say: "Loading…, Checking…; enter, choose",
    why: "Programs load, and people enter.",
    example: "Asking the cluster…",
  },
  {
    id: "well",
    pattern: /\b(?:is|are|not|all) well\b|\bas it should\b|\bnot quite right\b/i,
    say: "healthy, unhealthy, as expected",
    why: "“Healthy” is the field's own word.",
    example: "All Pods are well.",
  },
  {
    id: "is-to-be",
    pattern: /\b(?:is|are) to be \w+/i,
    say: "will be …, is being …",
    why: "It can be an order or a plan.",
    example: "It is to be deleted.",
  },
  {
    id: "any-more",
    pattern: /\bany more\b(?! \w+s\b)/i,
    say: "no longer",
    why: "American English says “no longer”.",
    example: "It is not there any more.",
  },
  {
    id: "not-there",
    pattern: /\b(?:is|are|was|were|be) not there\b/i,
    say: "doesn't exist, was not found",
    why: "Say whether it is missing or was deleted.",
    example: "The folder is not there.",
  },
  {
    id: "spelling",
    pattern:
      /\b(?:(?:colour|favourite|behaviour|neighbour|honour|flavour|catalogue|dialogue|licence|defence|artefact|programme)s?|grey|centre[sd]?|(?:organ|recogn|maxim|minim|normal|initial|author|custom|serial|modern|optim|summar|synchron)is(?:e[sd]?|ing|ation)|analys(?:e[sd]?|ing)|(?:cancel|label|model|travel)l(?:ed|ing)|learnt|whilst|amongst|fulfil|fulfils|judgement|ageing)\b/i,
    say: "American spelling: color, favorite, license, canceled, -ize",
    why: "Kubernetes' own texts are American.",
    example: "The colour of a cluster",
    except: { "messages.plan.letConvert": "the name of a flag" },
  },
  {
    id: "credential-plugin",
    pattern: /\bcredentials? programs?\b/i,
    say: "credential plugin",
    why: "Kubernetes' documentation says so.",
    example: "The credential program failed.",
  },
  {
    id: "permissions",
    pattern: /\baccess rights?\b|\brights to\b/i,
    say: "permissions",
    why: "One word for one thing.",
    example: "Configuration, access rights",
  },
  {
    id: "port-forward",
    pattern: /\bport-forwards?\b|\bforwarded ports?\b/i,
    say: "port forward, port forwards",
    why: "One word for one thing; the hyphen is kubectl's command.",
    example: "What is a port-forward?",
  },
  {
    id: "sign-in",
    pattern: /\blog(?:s|ged|ging)? (?:in|on|into|onto)\b|\blog-?ins?\b/i,
    say: "sign in, sign-in",
    why: "One word for one thing.",
    example: "It opens without a login.",
  },
  {
    id: "take-away",
    pattern: /\b(?:take|takes|taking|taken|took) (?:out|off|away)\b/i,
    say: "uninstall, remove, delete: see the terms of docs/style.md",
    why: "It hides whether something is deleted.",
    example: "Take off the list",
  },
  {
    id: "pick",
    pattern: /\bpick(?:s|ed|ing)?\b(?! up)/i,
    say: "choose, select",
    why: "One word for one thing.",
    example: "Pick a namespace.",
  },
  {
    id: "latin",
    pattern: /\b(?:e\.g\.|i\.e\.|etc\.)/i,
    say: "for example, that is, and so on",
    why: "Not every reader knows the abbreviations.",
    example: "A queue, e.g. Kueue",
  },
  {
    id: "percent",
    pattern: /[\d_] %/,
    say: "{{percent}}%",
    why: "American English has no space before %.",
    example: "50 % done",
  },
  {
    id: "unit",
    pattern: /(?:\b\d+|_)(?:[KMG]i?B|ms)\b/,
    say: "a space before the unit: 5 GB",
    why: "A space before every unit but %.",
    example: "It needs 5GB.",
  },
  {
    id: "ellipsis",
    pattern: /\.\.\./,
    say: "…",
    why: "One character, which screen readers know.",
    example: "Working...",
  },
  {
    id: "exclamation",
    pattern: /\w!(?= |$)/,
    say: "a full stop",
    why: "The app does not raise its voice.",
    example: "All done!",
    except: { "messages.installLog.allDeployed": "kfctl's own message" },
  },
  {
    id: "space-before",
    pattern: /\w [,;!?](?= |$)/,
    say: "no space before the sign",
    only: ["page", "message", "release"],
    why: "English has none.",
    example: "Ready ?",
  },
  {
    id: "twice",
    pattern: /\b([a-z]{2,}) \1\b/i,
    say: "the word once",
    why: "A slip.",
    example: "It is in the the folder.",
  },
  {
    id: "can-not",
    pattern: /\bcan not\b/i,
    say: "can't",
    why: "“Can not” is two statements.",
    example: "It can not start.",
  },
  {
    id: "full-stop",
    pattern: /[\w)”]\. [A-Z].*[A-Za-z0-9)”]$/,
    say: "a full stop at the end",
    why: "A text of sentences ends as its sentences do.",
    example: "It is done. Nothing is left",
    only: ["page", "message", "release"],
  },
  {
    id: "title-case",
    pattern: /^(?:[A-Z][a-z]+ ){2,}[A-Z][a-z]+$/,
    say: "sentence case: only the first word has a capital",
    why: "Labels are read as parts of sentences.",
    example: "Delete All Objects",
    only: ["page", "release"],
  },
  {
    id: "telegram",
    pattern: /^(?:No|How much|How many|Whose|What|Which) [\w-]+\?$|^(?:None yet|Nothing|Fewer|More)\.$/,
    say: "a whole question or phrase",
    why: "Fragments are hard to understand, and to translate.",
    example: "No sign-in?",
  },
];
