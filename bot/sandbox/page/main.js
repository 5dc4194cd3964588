/** Starts the page: reads the workspace, builds the shell, follows address and events. */

import { doors, Refused } from "./doors.js";
import { h } from "./dom.js";
import { follow } from "./live.js";
import { Modal } from "./modal.js";
import { Router } from "./router.js";
import { Shell } from "./shell.js";
import { Store } from "./store.js";
import { applyTheme, followSystem } from "./theme.js";
import { mountToasts, toast } from "./toast.js";

function tellRefusal(error) {
  if (!(error instanceof Refused)) throw error;
  toast(error.message);
}

/** Who the address or this browser says we are. */
function choosePerson(store, route) {
  const named = route.user && store.findUser(route.user);
  const person =
    (named && !named.is_bot ? named : null) ?? store.rememberedPerson() ?? store.people[0];
  if (person) store.become(person.id);
}

async function start() {
  const router = new Router();
  const store = new Store(doors);
  const app = { store, router, tellRefusal };
  applyTheme(router.route);
  followSystem(router);
  await store.readState();
  choosePerson(store, router.route);
  await store.readAll();
  mountToasts();
  new Modal(app);
  new Shell(app).mount();
  router.onChange(async (route) => {
    applyTheme(route);
    const before = store.me.id;
    choosePerson(store, route);
    if (store.me.id !== before) await store.readAll().catch(tellRefusal);
    store.emit("route");
  });
  store.emit("views");
  follow(store, tellRefusal);
}

start().catch((error) => {
  document.body.append(
    h("p", { class: "fatal", role: "alert" }, `This page could not start. ${error.message}`),
  );
  throw error;
});
