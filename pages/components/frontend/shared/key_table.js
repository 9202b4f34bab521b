// Every key. Made by `python -m tools.keys_page` from `pages/shell/key_registry.py`.

/** @import { KeySection } from "../types.d.ts" */

/** @type {readonly KeySection[]} */
export const SECTIONS = [
  {
    "context": "review",
    "title": "Decide",
    "keys": [
      {
        "command": "pass",
        "keys": [
          "p"
        ],
        "text": "P",
        "does": "Pass, and on to the next undecided metric",
        "label": "Pass"
      },
      {
        "command": "fail",
        "keys": [
          "f"
        ],
        "text": "F",
        "does": "Fail, and on to the next undecided metric",
        "label": "Fail"
      },
      {
        "command": "pending",
        "keys": [
          "u"
        ],
        "text": "U",
        "does": "back to Pending",
        "label": "Pending"
      },
      {
        "command": "note",
        "keys": [
          "n"
        ],
        "text": "N",
        "does": "write a note; Enter or Esc leaves it",
        "label": "Add a note"
      },
      {
        "command": "value",
        "keys": [
          "v"
        ],
        "text": "V",
        "does": "edit the value; Esc leaves it",
        "label": "Value"
      },
      {
        "command": "passRest",
        "keys": [
          "Shift+p"
        ],
        "text": "⇧ P",
        "does": "Pass the rest of this figure, or what is selected",
        "label": "Pass the rest"
      },
      {
        "command": "passGroup",
        "keys": [
          "Shift+g"
        ],
        "text": "⇧ G",
        "does": "Pass the rest of this group",
        "label": "Pass the rest of the group"
      },
      {
        "command": "select",
        "keys": [
          "x"
        ],
        "text": "X",
        "does": "select the metric, or not; a click with Shift selects several",
        "label": "Select"
      },
      {
        "command": "reason",
        "keys": [
          "Shift+1",
          "Shift+2",
          "Shift+3",
          "Shift+4",
          "Shift+5",
          "Shift+6",
          "Shift+7",
          "Shift+8",
          "Shift+9"
        ],
        "text": "⇧ 1 to ⇧ 9",
        "does": "a reason for the Fail that was given last, from its list",
        "label": "Reasons"
      },
      {
        "command": "undo",
        "keys": [
          "Ctrl+z"
        ],
        "text": "Ctrl/⌘ Z",
        "does": "undo",
        "label": "Undo"
      },
      {
        "command": "redo",
        "keys": [
          "Ctrl+Shift+z",
          "Ctrl+y"
        ],
        "text": "Ctrl/⌘ ⇧ Z, Ctrl/⌘ Y",
        "does": "redo",
        "label": "Redo"
      }
    ]
  },
  {
    "context": "review",
    "title": "Move",
    "keys": [
      {
        "command": "nextMetric",
        "keys": [
          "j"
        ],
        "text": "J",
        "does": "next metric",
        "label": ""
      },
      {
        "command": "previousMetric",
        "keys": [
          "k"
        ],
        "text": "K",
        "does": "previous metric",
        "label": ""
      },
      {
        "command": "nextUndecided",
        "keys": [
          "l"
        ],
        "text": "L",
        "does": "next metric that is left to decide; where none is, the next asset",
        "label": ""
      },
      {
        "command": "nextFigure",
        "keys": [
          "]"
        ],
        "text": "]",
        "does": "next figure, also of the next group",
        "label": "Next figure"
      },
      {
        "command": "previousFigure",
        "keys": [
          "["
        ],
        "text": "[",
        "does": "previous figure, also of the group before",
        "label": "Previous figure"
      },
      {
        "command": "nextGroup",
        "keys": [
          "}"
        ],
        "text": "}",
        "does": "next group",
        "label": ""
      },
      {
        "command": "previousGroup",
        "keys": [
          "{"
        ],
        "text": "{",
        "does": "previous group",
        "label": ""
      },
      {
        "command": "tree",
        "keys": [
          "\\"
        ],
        "text": "\\",
        "does": "hide or show the tree of groups",
        "label": ""
      },
      {
        "command": "filter",
        "keys": [
          "/"
        ],
        "text": "/",
        "does": "filter groups and metrics",
        "label": "Filter groups and metrics"
      }
    ]
  },
  {
    "context": "review",
    "title": "View and submit",
    "keys": [
      {
        "command": "fullScreen",
        "keys": [
          "z"
        ],
        "text": "Z",
        "does": "full screen, and back",
        "label": "Full screen"
      },
      {
        "command": "leaveFullScreen",
        "keys": [
          "Escape"
        ],
        "text": "Esc",
        "does": "leave a field, a list, full screen",
        "label": ""
      },
      {
        "command": "compare",
        "keys": [
          "i"
        ],
        "text": "I",
        "does": "compare numbers with the project",
        "label": "Compare with project"
      },
      {
        "command": "submit",
        "keys": [
          "Ctrl+Enter"
        ],
        "text": "Ctrl/⌘ Enter",
        "does": "review and submit",
        "label": "Review and submit"
      },
      {
        "command": "showKeys",
        "keys": [
          "?"
        ],
        "text": "?",
        "does": "these keys",
        "label": "Keys"
      }
    ]
  },
  {
    "context": "zoom",
    "title": "Pictures",
    "keys": [
      {
        "command": "zoomIn",
        "keys": [
          "+",
          "="
        ],
        "text": "+",
        "does": "zoom in; so does the wheel",
        "label": ""
      },
      {
        "command": "zoomOut",
        "keys": [
          "-"
        ],
        "text": "−",
        "does": "zoom out",
        "label": ""
      },
      {
        "command": "fit",
        "keys": [
          "0"
        ],
        "text": "0",
        "does": "fit",
        "label": ""
      },
      {
        "command": "showActualPixels",
        "keys": [
          "1"
        ],
        "text": "1",
        "does": "actual pixels; a double click does both",
        "label": ""
      },
      {
        "command": "panRight",
        "keys": [
          "ArrowLeft"
        ],
        "text": "←",
        "does": "move left",
        "label": ""
      },
      {
        "command": "panLeft",
        "keys": [
          "ArrowRight"
        ],
        "text": "→",
        "does": "move right",
        "label": ""
      },
      {
        "command": "panDown",
        "keys": [
          "ArrowUp"
        ],
        "text": "↑",
        "does": "move up",
        "label": ""
      },
      {
        "command": "panUp",
        "keys": [
          "ArrowDown"
        ],
        "text": "↓",
        "does": "move down",
        "label": ""
      },
      {
        "command": "openAdjust",
        "keys": [
          "a"
        ],
        "text": "A",
        "does": "brightness and contrast",
        "label": ""
      }
    ]
  },
  {
    "context": "video",
    "title": "Videos",
    "keys": [
      {
        "command": "togglePlay",
        "keys": [
          " "
        ],
        "text": "space",
        "does": "play, pause",
        "label": ""
      },
      {
        "command": "stepBack",
        "keys": [
          ","
        ],
        "text": ",",
        "does": "one frame back",
        "label": "One frame back"
      },
      {
        "command": "stepForward",
        "keys": [
          "."
        ],
        "text": ".",
        "does": "one frame on",
        "label": "One frame on"
      },
      {
        "command": "slower",
        "keys": [
          "<"
        ],
        "text": "<",
        "does": "slower",
        "label": ""
      },
      {
        "command": "faster",
        "keys": [
          ">"
        ],
        "text": ">",
        "does": "faster",
        "label": ""
      }
    ]
  },
  {
    "context": "seek",
    "title": "A video alone",
    "keys": [
      {
        "command": "seekBack",
        "keys": [
          "ArrowLeft"
        ],
        "text": "←",
        "does": "5 seconds back",
        "label": ""
      },
      {
        "command": "seekForward",
        "keys": [
          "ArrowRight"
        ],
        "text": "→",
        "does": "5 seconds on",
        "label": ""
      }
    ]
  },
  {
    "context": "stack",
    "title": "A TIFF of several pages",
    "keys": [
      {
        "command": "previousPage",
        "keys": [
          ","
        ],
        "text": ",",
        "does": "previous page",
        "label": ""
      },
      {
        "command": "nextPage",
        "keys": [
          "."
        ],
        "text": ".",
        "does": "next page",
        "label": ""
      }
    ]
  },
  {
    "context": "pair",
    "title": "Pairs",
    "keys": [
      {
        "command": "nextMode",
        "keys": [
          "m"
        ],
        "text": "M",
        "does": "swipe, side by side, in turn",
        "label": ""
      },
      {
        "command": "left",
        "keys": [
          "ArrowLeft"
        ],
        "text": "←",
        "does": "move the handle; in turn: show the left one",
        "label": ""
      },
      {
        "command": "right",
        "keys": [
          "ArrowRight"
        ],
        "text": "→",
        "does": "move the handle; in turn: show the right one",
        "label": ""
      },
      {
        "command": "moveLeft",
        "keys": [
          "Shift+ArrowLeft"
        ],
        "text": "⇧ ←",
        "does": "move the pictures left",
        "label": ""
      },
      {
        "command": "moveRight",
        "keys": [
          "Shift+ArrowRight"
        ],
        "text": "⇧ →",
        "does": "move the pictures right",
        "label": ""
      },
      {
        "command": "toggleBlink",
        "keys": [
          " "
        ],
        "text": "space",
        "does": "in turn: pause, go on",
        "label": ""
      }
    ]
  },
  {
    "context": "curation",
    "title": "A curation's table",
    "keys": [
      {
        "command": "nextObject",
        "keys": [
          "Shift+j"
        ],
        "text": "⇧ J",
        "does": "next row",
        "label": ""
      },
      {
        "command": "previousObject",
        "keys": [
          "Shift+k"
        ],
        "text": "⇧ K",
        "does": "previous row",
        "label": ""
      }
    ]
  },
  {
    "context": "units",
    "title": "The units of a curation, while the list has the focus",
    "keys": [
      {
        "command": "next",
        "keys": [
          "j",
          "ArrowDown"
        ],
        "text": "J, ↓",
        "does": "next unit",
        "label": ""
      },
      {
        "command": "previous",
        "keys": [
          "k",
          "ArrowUp"
        ],
        "text": "K, ↑",
        "does": "previous unit",
        "label": ""
      },
      {
        "command": "first",
        "keys": [
          "Home"
        ],
        "text": "Home",
        "does": "first unit",
        "label": ""
      },
      {
        "command": "last",
        "keys": [
          "End"
        ],
        "text": "End",
        "does": "last unit",
        "label": ""
      },
      {
        "command": "label",
        "keys": [
          "1",
          "2",
          "3",
          "4",
          "5",
          "6",
          "7",
          "8",
          "9"
        ],
        "text": "1 to 9",
        "does": "set a label",
        "label": ""
      },
      {
        "command": "mark",
        "keys": [
          " "
        ],
        "text": "space",
        "does": "mark a unit",
        "label": ""
      },
      {
        "command": "merge",
        "keys": [
          "m"
        ],
        "text": "M",
        "does": "merge the marked with the current one",
        "label": ""
      },
      {
        "command": "unmerge",
        "keys": [
          "u"
        ],
        "text": "U",
        "does": "take it out of its merge",
        "label": ""
      },
      {
        "command": "remove",
        "keys": [
          "x"
        ],
        "text": "X",
        "does": "remove it",
        "label": ""
      }
    ]
  },
  {
    "context": "grid",
    "title": "Decide in a grid",
    "keys": [
      {
        "command": "passTile",
        "keys": [
          "p"
        ],
        "text": "P",
        "does": "Pass, and on to the next undecided one",
        "label": "Pass"
      },
      {
        "command": "failTile",
        "keys": [
          "f"
        ],
        "text": "F",
        "does": "Fail, and on to the next undecided one",
        "label": "Fail"
      },
      {
        "command": "pendingTile",
        "keys": [
          "u"
        ],
        "text": "U",
        "does": "back to Pending",
        "label": "Pending"
      },
      {
        "command": "passTiles",
        "keys": [
          "Shift+p"
        ],
        "text": "⇧ P",
        "does": "Pass the rest of the grid",
        "label": "Pass the rest"
      },
      {
        "command": "tileReason",
        "keys": [
          "Shift+1",
          "Shift+2",
          "Shift+3",
          "Shift+4",
          "Shift+5",
          "Shift+6",
          "Shift+7",
          "Shift+8",
          "Shift+9"
        ],
        "text": "⇧ 1 to ⇧ 9",
        "does": "a reason for the Fail of the current one, or the one that was given last",
        "label": "Reasons"
      },
      {
        "command": "undoGrid",
        "keys": [
          "Ctrl+z"
        ],
        "text": "Ctrl/⌘ Z",
        "does": "undo the last step, in all assets",
        "label": "Undo"
      },
      {
        "command": "redoGrid",
        "keys": [
          "Ctrl+Shift+z",
          "Ctrl+y"
        ],
        "text": "Ctrl/⌘ ⇧ Z, Ctrl/⌘ Y",
        "does": "redo",
        "label": "Redo"
      },
      {
        "command": "submitGrid",
        "keys": [
          "Ctrl+Enter"
        ],
        "text": "Ctrl/⌘ Enter",
        "does": "review and submit",
        "label": ""
      }
    ]
  },
  {
    "context": "grid",
    "title": "Move in a grid",
    "keys": [
      {
        "command": "nextTile",
        "keys": [
          "j",
          "ArrowRight"
        ],
        "text": "J, →",
        "does": "next",
        "label": ""
      },
      {
        "command": "previousTile",
        "keys": [
          "k",
          "ArrowLeft"
        ],
        "text": "K, ←",
        "does": "previous",
        "label": ""
      },
      {
        "command": "tileBelow",
        "keys": [
          "ArrowDown"
        ],
        "text": "↓",
        "does": "the one below",
        "label": ""
      },
      {
        "command": "tileAbove",
        "keys": [
          "ArrowUp"
        ],
        "text": "↑",
        "does": "the one above",
        "label": ""
      },
      {
        "command": "firstTile",
        "keys": [
          "Home"
        ],
        "text": "Home",
        "does": "first",
        "label": ""
      },
      {
        "command": "lastTile",
        "keys": [
          "End"
        ],
        "text": "End",
        "does": "last",
        "label": ""
      },
      {
        "command": "nextLeftTile",
        "keys": [
          "l"
        ],
        "text": "L",
        "does": "next that is left to decide",
        "label": ""
      },
      {
        "command": "enlarge",
        "keys": [
          " "
        ],
        "text": "space",
        "does": "its figure in large, and back",
        "label": "Large"
      },
      {
        "command": "shrink",
        "keys": [
          "Escape"
        ],
        "text": "Esc",
        "does": "back from large",
        "label": ""
      },
      {
        "command": "openTile",
        "keys": [
          "Enter"
        ],
        "text": "Enter",
        "does": "open it in its review",
        "label": "Open the review"
      },
      {
        "command": "showGridKeys",
        "keys": [
          "?"
        ],
        "text": "?",
        "does": "these keys",
        "label": "Keys"
      }
    ]
  }
];
