//! A look at an export before it is read: its names, and the beginning of each file that a recipe knows.
//!
//! What is looked at is read by the same recipes as an import, so what is seen here is what an import would make of it. Small
//! files are seen whole, and so are larger ones while a budget lasts; of the others the beginning is read, and the end
//! where the archive holds it unpacked. Rows are then estimated by size. The range is that of the first and the last rows
//! where these show that the file is sorted by time; else it is estimated by the years in names. Everything that is
//! not [`Glance::whole`] is an estimate, but [`Glance::exact`] ranges.

mod counts;
mod ends;
mod glance;
mod language;

pub use counts::{Seen, wider};
pub use glance::Glance;
pub use language::languages;

use crate::{
    Archive, Context, DateOrder, FileReport, FileState, Folder, FolderEntry, ImportError, Limits, Member,
    PlannedFile, ReadError, ReadSeek, archive::read_error, plan, plan::plan_one, read_file,
};
use counts::Counts;
use glance::recipes_of;
use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use thinline_catalogue::{FileName, Service};

/// How much of the beginning and of the end of a file is looked at that is not seen whole.
const BEGINNING: usize = 64 << 10;
const END: u64 = 64 << 10;
/// Files up to this size are seen whole.
const SMALL: u64 = 1 << 20;
/// Bytes of larger files that are seen whole, the smallest first.
const BUDGET: u64 = 48 << 20;
/// Bytes of small files that are seen whole: an archive of a hundred thousand small files is not read to its end either.
const SMALL_BUDGET: u64 = 96 << 20;

/// Looks at every file of an archive, in its order.
///
/// # Errors
/// [`ImportError::RecipesClash`] if the catalogue is wrong.
pub fn glance(archive: &mut Archive, context: &Context<'_>) -> Result<Vec<Glance>, ImportError> {
    let members = archive.members();
    let claimed: BTreeSet<usize> =
        (0..members.len()).filter(|at| claimed(context.service, &members[*at])).collect();
    let whole = seen_whole(members, &claimed);
    (0..archive.members().len())
        .map(|index| glance_at(archive, context, index, claimed.contains(&index), whole.contains(&index)))
        .collect()
}

/// The places of the files that are seen to their end.
fn seen_whole(members: &[Member], claimed: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut sizes: Vec<(u64, usize)> = claimed.iter().map(|at| (members[*at].size, *at)).collect();
    sizes.sort_unstable();
    let (mut small, mut large) = (SMALL_BUDGET, BUDGET);
    let fits = |(size, _): &(u64, usize)| {
        let budget = if *size <= SMALL { &mut small } else { &mut large };
        budget.checked_sub(*size).map(|left| *budget = left).is_some()
    };
    sizes.into_iter().filter(fits).map(|(_, at)| at).collect()
}

fn claimed(service: &Service, member: &Member) -> bool {
    let name = FileName::new(&member.path);
    member.sealed.is_none()
        && service.recipes.iter().any(|recipe| recipe.files.iter().any(|file| file.matches(&name)))
}

fn glance_at(
    archive: &mut Archive,
    context: &Context<'_>,
    index: usize,
    claimed: bool,
    whole: bool,
) -> Result<Glance, ImportError> {
    if !claimed {
        // No recipe asks for what stands in it.
        let file = plan_one(archive, context.service, index)?;
        let whole = file.size == 0;
        return Ok(Glance::new(file, whole, context.service));
    }
    let member = archive.members()[index].clone();
    let (bytes, broken) = match beginning(archive, index, whole) {
        Ok(bytes) => (bytes, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let whole = bytes.len() as u64 >= member.size;
    let mut excerpt = Excerpt::archive(&member, bytes.as_slice().into(), archive.limits())?;
    let mut file = plan(&mut excerpt, context.service)?.pop().ok_or(ImportError::NotAnArchive)?;
    (file.index, file.path) = (index, member.path.clone());
    let mut glance = Glance::new(file, whole, context.service);
    if glance.file.state != FileState::Read {
        return Ok(glance);
    }
    if broken.is_some() {
        glance.broken = broken;
        return Ok(glance);
    }
    let recipes = recipes_of(&glance.file, context.service);
    let end = if whole { None } else { archive.end(index, END).ok().flatten() };
    let joined = end.and_then(|end| ends::joined(&recipes, &bytes, &end));
    let is_joined = joined.is_some();
    if let Some(joined) = joined {
        excerpt = Excerpt::archive(&member, joined.into(), archive.limits())?;
    }
    match read(&mut excerpt, &glance.file, context) {
        Ok((seen, report)) => glance.take(seen, report, (&bytes, is_joined), context.service),
        Err(error) => glance.broken = Some(error),
    }
    Ok(glance)
}

fn read(
    excerpt: &mut Archive,
    file: &PlannedFile,
    context: &Context<'_>,
) -> Result<(Counts, FileReport), ReadError> {
    let mut planned = PlannedFile { index: 0, ..file.clone() };
    let mut seen = Counts::default();
    match read_file(excerpt, &planned, context, &mut seen) {
        Err(ReadError::DateOrder) => {
            // Rows can be counted all the same; what days they name is for the person to say.
            planned.date_order = Some(DateOrder::DayFirst);
            let report = read_file(excerpt, &planned, context, &mut seen)?;
            seen.forget_times();
            Ok((seen, report))
        }
        read => Ok((seen, read?)),
    }
}

/// The bytes that are looked at; of a table, whole lines.
fn beginning(archive: &mut Archive, index: usize, whole: bool) -> Result<Vec<u8>, ReadError> {
    if whole {
        let mut all = Vec::new();
        archive.open(index)?.read_to_end(&mut all).map_err(read_error)?;
        return Ok(all);
    }
    archive.beginning(index, BEGINNING)
}

/// One file of which a part lies in memory: the recipes read it like any other.
struct Excerpt {
    entry: FolderEntry,
    bytes: Arc<[u8]>,
}

impl Excerpt {
    fn archive(member: &Member, bytes: Arc<[u8]>, limits: &Limits) -> Result<Archive, ImportError> {
        // Names were checked where they came from; inside of nested archives they are longer than one may be.
        let path = member.path.rsplit('/').take(2).collect::<Vec<_>>();
        let path = path.into_iter().rev().collect::<Vec<_>>().join("/");
        let entry = FolderEntry { path, size: member.size, modified: member.modified };
        Archive::folder(Box::new(Self { entry, bytes }), *limits)
    }
}

impl Folder for Excerpt {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        Ok(vec![self.entry.clone()])
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(Arc::clone(&self.bytes))))
    }
}
