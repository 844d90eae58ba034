//! Clients: windows and sockets, and what each of them owns.

use crate::files::HeldFiles;
use crate::jobs::JobSlot;
use crate::views::UNTOLD;
use crate::windows::NewWindow;
use hubscope_model::{
    ClientId, Code, Counters, Error, FilePurpose, JobId, MenuBar, Result, Revisions, ShellKind, Text, Tick, TopicId,
    ViewId, WindowLook,
};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::time::Instant;
use zeroize::Zeroizing;

/// What a shell gives the engine for one client.
pub trait Face: Send + Sync {
    fn kind(&self) -> ShellKind;

    /// Opens a dialog and answers the chosen path, or None when the user closed it. Shells without dialogs keep this.
    fn choose_file(&self, _purpose: FilePurpose) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(async {
            Err(Error::new(Code::NotInThisShell, "This shell has no file dialog.").hint("Upload the file instead."))
        })
    }

    /// Asks where to write a file of this name; None when the user closed the dialog. Shells without dialogs keep this:
    /// their page downloads the file.
    fn choose_place(&self, _suggested: String) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(async { Err(not_in_this_shell("This shell has no file dialog.")) })
    }

    /// Puts a secret on the clipboard, hidden from clipboard histories where the system can, and takes it away after
    /// 60 s if it is still there.
    fn copy(&self, _secret: Zeroizing<String>) -> Result<()> {
        Err(not_in_this_shell("This shell has no clipboard."))
    }

    /// Whether secrets may be shown and copied here.
    fn may_reveal(&self) -> bool {
        false
    }

    /// Tells the user something on the desktop; a shell without notifications keeps silent, its page shows the state.
    fn notify(&self, _title: &Text, _body: &Text) {}

    /// Opens another window, whose page becomes a client of its own.
    fn open_window(&self, _window: NewWindow) -> Result<()> {
        Err(not_in_this_shell("This shell opens no windows."))
    }

    /// Replaces the menu bar of this client's window.
    fn show_menu(&self, _bar: MenuBar) -> Result<()> {
        Err(not_in_this_shell("This shell has no menu bar."))
    }

    /// Zooms the page and sets the theme of what is around it.
    fn look(&self, _look: WindowLook) -> Result<()> {
        Err(not_in_this_shell("This shell has no windows of its own."))
    }

    /// Hands a tick to the page. Must not block; the next tick comes only after this one was acknowledged.
    fn tick(&self, tick: Tick);
}

/// What a shell says to a wish that only the desktop app can fulfil.
pub(crate) fn not_in_this_shell(message: &str) -> Error {
    Error::new(Code::NotInThisShell, message).hint("Use the desktop app.")
}

/// Views of one client at most: more than any window shows, few enough that a broken page cannot slow the log.
const MAX_VIEWS: usize = 32;

/// What one client owns.
pub struct Client {
    pub face: Arc<dyn Face>,
    pub visible: bool,
    /// Open views, with the revision that the last tick told.
    pub views: HashMap<ViewId, u64>,
    pub jobs: HashMap<JobId, JobSlot>,
    pub files: HeldFiles,
    /// Interned topics whose text was sent; at most as many as the log interns.
    pub topics: HashSet<TopicId>,
    /// Number of the last tick, and whether it was acknowledged.
    pub tick: u64,
    pub acknowledged: bool,
    pub ticked_at: Option<Instant>,
    /// What the last tick told.
    pub told: (Revisions, Counters),
    /// The page said hello; before that nobody listens to ticks.
    pub greeted: bool,
}

impl Client {
    fn new(face: Arc<dyn Face>) -> Self {
        Self {
            face,
            visible: true,
            views: HashMap::new(),
            jobs: HashMap::new(),
            files: HeldFiles::default(),
            topics: HashSet::new(),
            tick: 0,
            acknowledged: true,
            ticked_at: None,
            told: Default::default(),
            greeted: false,
        }
    }

    /// Starts over, as for a page that was loaded again; answers the views to close.
    fn reset(&mut self) -> Vec<ViewId> {
        self.jobs.values().for_each(|slot| slot.cancel.cancel());
        let tick = self.tick;
        let old = std::mem::replace(self, Self::new(self.face.clone()));
        self.visible = old.visible;
        // Numbers go on, so that an acknowledgement from before the reload means nothing.
        self.tick = tick;
        self.greeted = true;
        old.views.into_keys().collect()
    }
}

/// All clients of an engine.
#[derive(Default)]
pub struct Clients {
    clients: Mutex<HashMap<ClientId, Client>>,
    next: AtomicU32,
    next_view: AtomicU32,
    next_job: AtomicU32,
}

impl Clients {
    pub fn add(&self, face: Arc<dyn Face>) -> ClientId {
        let id = ClientId(self.next.fetch_add(1, Ordering::Relaxed));
        self.clients.lock().insert(id, Client::new(face));
        id
    }

    /// Ends a client; answers the views to close.
    pub fn remove(&self, id: ClientId) -> Option<Vec<ViewId>> {
        let mut client = self.clients.lock().remove(&id)?;
        Some(client.reset())
    }

    /// Starts a client over; answers the views to close.
    pub fn hello(&self, id: ClientId) -> Result<Vec<ViewId>> {
        self.with(id, Client::reset)
    }

    /// Runs `work` on a client under the lock; it must be short.
    pub fn with<T>(&self, id: ClientId, work: impl FnOnce(&mut Client) -> T) -> Result<T> {
        let mut clients = self.clients.lock();
        let client = clients.get_mut(&id).ok_or_else(|| Error::new(Code::Gone, "This client has ended."))?;
        Ok(work(client))
    }

    /// Runs `work` on every client that said hello.
    pub fn each(&self, mut work: impl FnMut(ClientId, &mut Client)) {
        self.clients.lock().iter_mut().filter(|(_, client)| client.greeted).for_each(|(id, client)| work(*id, client));
    }

    pub fn face(&self, id: ClientId) -> Result<Arc<dyn Face>> {
        self.with(id, |client| client.face.clone())
    }

    /// The face that can tell the user something: the client that came first.
    pub fn any_face(&self) -> Option<Arc<dyn Face>> {
        let clients = self.clients.lock();
        clients.iter().min_by_key(|(id, _)| **id).map(|(_, client)| client.face.clone())
    }

    /// Reserves a view id for a client.
    pub fn add_view(&self, id: ClientId) -> Result<ViewId> {
        let view = ViewId(self.next_view.fetch_add(1, Ordering::Relaxed));
        self.with(id, |client| {
            if client.views.len() >= MAX_VIEWS {
                return Err(Error::new(Code::BadRequest, "This client has too many views open."));
            }
            client.views.insert(view, UNTOLD);
            Ok(view)
        })?
    }

    pub fn remove_view(&self, id: ClientId, view: ViewId) -> Result<()> {
        self.own_view(id, view)?;
        self.with(id, |client| {
            client.views.remove(&view);
            client.jobs.retain(|_, slot| {
                slot.view != Some(view) || {
                    slot.cancel.cancel();
                    false
                }
            });
        })
    }

    /// Fails unless the view belongs to the client.
    pub fn own_view(&self, id: ClientId, view: ViewId) -> Result<()> {
        match self.with(id, |client| client.views.contains_key(&view))? {
            true => Ok(()),
            false => Err(Error::new(Code::Gone, "This view has ended.")),
        }
    }

    pub fn next_job(&self) -> JobId {
        JobId(self.next_job.fetch_add(1, Ordering::Relaxed))
    }

    pub fn cancel_all_jobs(&self) {
        self.clients.lock().values().flat_map(|client| client.jobs.values()).for_each(|slot| slot.cancel.cancel());
    }
}
