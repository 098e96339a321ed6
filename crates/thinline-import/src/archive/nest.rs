//! Archives inside archives: each is a layer. Where an inner archive lies unpacked, it is read in place; where it is
//! packed, it has no place to be read at, and is held in memory as far as the limit allows. One chain is held at a time.

use super::forward::{Forward, Whole};
use super::limits::{Counted, Limits, import_error, read_error};
use super::magic::{self, Packing};
use super::window::Window;
use super::{Found, Member, Sealed, folder, tarred, zipped};
use crate::{Folder, ImportError, Limit, ReadError};
use std::io::{self, Cursor, Read, Seek};
use thinline_model::Timestamp;

/// What a layer is, and where its files lie.
enum Form {
    Folder(Box<dyn Folder>),
    Zip(Option<zipped::Zip>),
    Tar(Vec<tarred::Span>),
    Stream { spans: Vec<tarred::Span>, beginnings: Vec<Vec<u8>>, forward: Option<Box<Forward>> },
    Loose,
}

/// The picked file or folder, or an archive inside of it.
pub(super) struct Layer {
    form: Form,
    /// Its bytes; none for a folder, and for an inner archive that is not held now.
    window: Option<Window>,
    /// The layer and slot it lies in.
    inside: Option<(usize, usize)>,
    /// What this layer and those around it hold in memory.
    held: u64,
}

/// A file's layer and its place there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub layer: usize,
    pub slot: usize,
    pub packed: u64,
}

/// All layers with all files, while they are listed.
pub(super) struct Nest {
    pub layers: Vec<Layer>,
    pub members: Vec<Member>,
    pub places: Vec<Place>,
    limits: Limits,
    entries: usize,
    total: u64,
    /// What the person picked is so large.
    outer: u64,
}

/// A file as it was picked: its name and when it was last changed.
pub(super) struct Picked<'a> {
    pub name: &'a str,
    pub modified: Option<Timestamp>,
}

impl Layer {
    fn file(
        mut window: Window,
        picked: &Picked<'_>,
        limits: &Limits,
    ) -> Result<(Self, Vec<Found>), ImportError> {
        let (form, found) = match magic::packing(&mut window)? {
            Packing::Zip => {
                let (zip, found) = zipped::list(&mut window, limits)?;
                (Form::Zip(Some(zip)), found)
            }
            Packing::Tar => {
                let listed = tarred::list(window.part(0, u64::MAX), limits)?;
                (Form::Tar(listed.spans), listed.found)
            }
            Packing::TarGz => stream(tarred::list_packed(&window, limits)?),
            Packing::Gz => stream(tarred::list_single(&window, picked, limits)?),
            Packing::Loose => (Form::Loose, vec![super::loose(picked, window.len(), limits)?]),
        };
        Ok((Self { form, window: Some(window), inside: None, held: 0 }, found))
    }

    fn open(&mut self, slot: usize) -> Result<Box<dyn Read + '_>, ReadError> {
        let missing = || ReadError::Io(io::ErrorKind::NotFound.into());
        let window = self.window.as_mut();
        Ok(match &mut self.form {
            Form::Folder(folder) => Box::new(folder.open(slot).map_err(ReadError::Io)?),
            Form::Zip(zip) => Box::new(zipped::file(zip.as_mut().ok_or_else(missing)?, slot)?),
            Form::Tar(spans) => {
                let span = spans.get(slot).ok_or_else(missing)?;
                Box::new(Whole::new(window.ok_or_else(missing)?.part(span.start, span.size), span.size))
            }
            Form::Stream { spans, forward, .. } => {
                let span = spans.get(slot).ok_or_else(missing)?;
                let window = window.ok_or_else(missing)?;
                let forward = forward.get_or_insert_with(|| Box::new(Forward::new(window.part(0, u64::MAX))));
                forward.to(span.start).map_err(read_error)?;
                Box::new(Whole::new(forward.take(span.size), span.size))
            }
            Form::Loose => {
                let window = window.ok_or_else(missing)?;
                window.rewind().map_err(ReadError::Io)?;
                Box::new(window)
            }
        })
    }

    /// Where a file lies unpacked, so that it can be read at any place.
    fn in_place(&mut self, slot: usize) -> Option<Window> {
        match &mut self.form {
            Form::Folder(folder) => Window::whole(folder.open(slot).ok()?).ok(),
            Form::Zip(zip) => zipped::unpacked(zip.as_mut()?, slot, self.window.as_ref()?),
            Form::Tar(spans) => {
                let span = spans.get(slot)?;
                Some(self.window.as_ref()?.part(span.start, span.size))
            }
            Form::Loose => self.window.as_ref().map(|window| window.part(0, u64::MAX)),
            Form::Stream { .. } => None,
        }
    }

    fn sleep(&mut self) {
        self.window = None;
        match &mut self.form {
            Form::Stream { forward, .. } => *forward = None,
            Form::Zip(zip) => *zip = None,
            Form::Folder(_) | Form::Tar(_) | Form::Loose => {}
        }
    }

    fn wake(&mut self, window: Window) -> Result<(), ImportError> {
        if let Form::Zip(zip) = &mut self.form {
            *zip = Some(zipped::open(&window)?);
        }
        self.window = Some(window);
        Ok(())
    }
}

fn stream(listed: tarred::Listed) -> (Form, Vec<Found>) {
    let form = Form::Stream { spans: listed.spans, beginnings: listed.beginnings, forward: None };
    (form, listed.found)
}

impl Nest {
    pub fn file(window: Window, picked: &Picked<'_>, limits: Limits) -> Result<Self, ImportError> {
        let outer = window.len();
        let (layer, found) = Layer::file(window, picked, &limits)?;
        Self::new(layer, found, outer, limits)
    }

    pub fn folder(folder: Box<dyn Folder>, limits: Limits) -> Result<Self, ImportError> {
        let found = folder::list(folder.as_ref(), &limits)?;
        let outer = found.iter().fold(0_u64, |sum, one| sum.saturating_add(one.packed));
        let layer = Layer { form: Form::Folder(folder), window: None, inside: None, held: 0 };
        Self::new(layer, found, outer, limits)
    }

    fn new(layer: Layer, found: Vec<Found>, outer: u64, limits: Limits) -> Result<Self, ImportError> {
        let (members, places) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
        let mut nest = Self { layers: vec![layer], members, places, limits, entries: 0, total: 0, outer };
        nest.add(0, found, "", 1)?;
        Ok(nest)
    }

    /// Takes the files of a layer, and those of the archives among them in their stead.
    fn add(
        &mut self,
        layer: usize,
        found: Vec<Found>,
        prefix: &str,
        depth: usize,
    ) -> Result<(), ImportError> {
        self.count(&found)?;
        for Found { mut member, slot, packed } in found {
            member.path = self.named(prefix, member.path)?;
            let place = Place { layer, slot, packed };
            if member.sealed.is_none() && is_named_archive(&member.path) && member.size > 0 {
                match self.enter(place, &member, depth) {
                    // An archive of nothing stands for itself.
                    Ok(true) => continue,
                    Ok(false) => member.size = 0,
                    Err(Inner::Sealed(sealed)) => member.sealed = Some(sealed),
                    Err(Inner::Refused(error)) => return Err(error),
                }
            }
            self.members.push(member);
            self.places.push(place);
        }
        Ok(())
    }

    fn count(&mut self, found: &[Found]) -> Result<(), ImportError> {
        self.entries = self.entries.saturating_add(found.len());
        if self.entries > self.limits.entries {
            return Err(ImportError::Limit(Limit::Entries));
        }
        for one in found {
            self.total = self.total.saturating_add(one.member.size);
            let large = one.member.size > Limits::RATIO_FROM;
            if large && one.member.size / one.packed.max(1) > self.limits.ratio {
                return Err(ImportError::Limit(Limit::Ratio));
            }
        }
        if self.total > self.limits.total_bytes {
            return Err(ImportError::Limit(Limit::TotalBytes));
        }
        // Over all levels: what shrinks a little at each can shrink without bounds.
        if self.total > Limits::TOTAL_RATIO_FROM && self.total / self.outer.max(1) > self.limits.ratio {
            return Err(ImportError::Limit(Limit::Ratio));
        }
        Ok(())
    }

    fn named(&self, prefix: &str, path: String) -> Result<String, ImportError> {
        let path = if prefix.is_empty() { path } else { format!("{prefix}/{path}") };
        if path.len() > self.limits.path_length {
            return Err(ImportError::Limit(Limit::PathLength));
        }
        Ok(path)
    }

    /// Lists an inner archive; false if there is nothing in it.
    fn enter(&mut self, place: Place, member: &Member, depth: usize) -> Result<bool, Inner> {
        if depth >= self.limits.depth {
            return Err(Inner::Sealed(Sealed::TooDeep));
        }
        let in_place = wake(&mut self.layers, place.layer).ok().and_then(|layer| layer.in_place(place.slot));
        let around = self.layers[place.layer].held;
        let (window, held) = match in_place {
            Some(window) => (window, around),
            None if around.saturating_add(member.size) > self.limits.held_bytes => {
                return Err(Inner::Sealed(Sealed::TooLarge));
            }
            None => (hold(&mut self.layers, place, member.size).map_err(Inner::from)?, around + member.size),
        };
        let left = Limits {
            entries: self.limits.entries.saturating_sub(self.entries),
            total_bytes: self.limits.total_bytes.saturating_sub(self.total),
            ..self.limits
        };
        let picked = Picked { name: &member.path, modified: member.modified };
        let (mut layer, found) = Layer::file(window, &picked, &left)?;
        if matches!(layer.form, Form::Loose) {
            return Err(Inner::Sealed(Sealed::Damaged));
        }
        (layer.inside, layer.held) = (Some((place.layer, place.slot)), held);
        let any = !found.is_empty();
        self.layers.push(layer);
        self.add(self.layers.len() - 1, found, &member.path, depth + 1)?;
        Ok(any)
    }
}

/// Why an inner archive is not read: by itself, or because all of it must not be.
enum Inner {
    Sealed(Sealed),
    Refused(ImportError),
}

impl From<ImportError> for Inner {
    fn from(error: ImportError) -> Self {
        Self::Sealed(match error {
            ImportError::Encrypted => Sealed::Encrypted,
            ImportError::NotSupported | ImportError::Split => Sealed::Form,
            ImportError::Truncated | ImportError::NotAnArchive => Sealed::Damaged,
            refused => return Self::Refused(refused),
        })
    }
}

/// Makes sure that the bytes of a layer are at hand, and gives it.
pub(super) fn wake(layers: &mut [Layer], layer: usize) -> Result<&mut Layer, ReadError> {
    if let (None, Some((around, slot))) = (&layers[layer].window, layers[layer].inside) {
        let in_place = wake(layers, around)?.in_place(slot);
        let window = match in_place {
            Some(window) => Ok(window),
            None => {
                let size = layers[layer].held - layers[around].held;
                hold(layers, Place { layer: around, slot, packed: 0 }, size)
            }
        };
        let woken = window.and_then(|window| layers[layer].wake(window));
        woken.map_err(|error| match error {
            ImportError::Io(error) => ReadError::Io(error),
            ImportError::Limit(limit) => ReadError::Limit(limit),
            _ => ReadError::Damaged,
        })?;
    }
    Ok(&mut layers[layer])
}

/// Reads an inner archive into memory, after letting go of all that it does not lie in.
fn hold(layers: &mut [Layer], place: Place, size: u64) -> Result<Window, ImportError> {
    let mut kept = vec![0, place.layer];
    while let Some((around, _)) = kept.last().and_then(|last| layers[*last].inside) {
        kept.push(around);
    }
    for (at, layer) in layers.iter_mut().enumerate().filter(|(_, layer)| layer.inside.is_some()) {
        if !kept.contains(&at) {
            layer.sleep();
        }
    }
    let failed = |error| match error {
        ReadError::Io(error) => ImportError::Io(error),
        ReadError::Encrypted => ImportError::Encrypted,
        ReadError::Method => ImportError::NotSupported,
        _ => ImportError::Truncated,
    };
    let reader = wake(layers, place.layer).and_then(|layer| layer.open(place.slot)).map_err(failed)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(1 << 20));
    let mut counted = Counted { inner: reader, left: size, limit: Limit::Ratio };
    counted.read_to_end(&mut bytes).map_err(import_error)?;
    Window::whole(Box::new(Cursor::new(bytes))).map_err(ImportError::Io)
}

/// Opens a file of a layer.
pub(super) fn open(layers: &mut [Layer], place: Place) -> Result<Box<dyn Read + '_>, ReadError> {
    wake(layers, place.layer)?.open(place.slot)
}

/// A file of a layer that can be read at any place.
pub(super) fn in_place(layers: &mut [Layer], place: Place) -> Result<Option<Window>, ReadError> {
    Ok(wake(layers, place.layer)?.in_place(place.slot))
}

/// The beginning of a file, where listing kept it.
pub(super) fn kept_beginning(layers: &[Layer], place: Place) -> Option<&[u8]> {
    match &layers[place.layer].form {
        Form::Stream { beginnings, .. } => beginnings.get(place.slot).map(Vec::as_slice),
        _ => None,
    }
}

/// Whether files of it come out one after another only.
pub(super) fn is_stream(layer: &Layer) -> bool {
    matches!(layer.form, Form::Stream { .. })
}

/// What a file may yield: no more than it declared, or the checked total would not hold.
pub(super) fn most(layers: &[Layer], place: Place, declared: u64, limits: &Limits) -> u64 {
    match layers[place.layer].form {
        Form::Zip(_) => place.packed.saturating_mul(limits.ratio).max(Limits::RATIO_FROM).min(declared),
        Form::Folder(_) => limits.total_bytes,
        Form::Tar(_) | Form::Stream { .. } | Form::Loose => declared,
    }
}

/// By name, and only then by content: documents of office programs are zips, too, and no archives to a person.
fn is_named_archive(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    [".zip", ".tgz", ".gz", ".tar"].iter().any(|end| name.ends_with(end))
}
