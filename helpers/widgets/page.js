// What every lab needs of the page: elements, pictures, one drawing a frame, one store for all views.

// Draw at once, so that an event's picture is in the very next frame; what comes before that frame
// is shown, together, in the frame itself.
function perFrame(draw) {
  let drawn = false;
  let wanted = false;
  const run = () => {
    if (drawn) {
      wanted = true;
      return;
    }
    drawn = true;
    draw();
    requestAnimationFrame(() => {
      drawn = false;
      if (wanted) {
        wanted = false;
        run();
      }
    });
  };
  return run;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A picture that Python drew, in a box.
function pictureBox(css, svg) {
  const box = make("div", { class: css });
  box.innerHTML = svg;
  return box;
}

// Write only what differs: the page need not be laid out again for the rest.
function putText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function put(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

// The page of one view: shown in `el`, and drawn again for each change of its store. Returns what
// ends that.
function keepDrawn(store, el, page, redraw) {
  store.views.add(redraw);
  el.append(page);
  redraw(true);
  return () => store.views.delete(redraw);
}

// What anywidget asks of a lab: one store for all views of a model, and a page for each view.
const labOf = (makeStore, makePage) => () => {
  let store;
  return {
    initialize({ model }) {
      store = makeStore(model);
    },
    render({ model, el }) {
      return makePage(store, el, model);
    },
  };
};
