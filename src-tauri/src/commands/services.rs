//! Services, and what is decided about them.

use crate::arguments::Address;
use crate::bounds::{checked, id};
use crate::desk::{Desk, off_thread};
use tauri::{State, Url};
use thinline_core::Result;
use thinline_core::wire::{Changes, Choose, Code, Service};

#[tauri::command]
pub async fn services(desk: State<'_, Desk>) -> Result<Vec<Service>> {
    desk.ask(|core| core.services()).await
}

#[tauri::command]
pub async fn service(desk: State<'_, Desk>, id: String) -> Result<Service> {
    let service = self::id(id)?;
    desk.ask(move |core| core.service(&service)).await
}

#[tauri::command]
pub async fn list_service(desk: State<'_, Desk>, id: String, listed: bool) -> Result<()> {
    let service = self::id(id)?;
    desk.ask(move |core| core.list_service(&service, listed)).await
}

#[tauri::command]
pub async fn choose(desk: State<'_, Desk>, change: Choose) -> Result<Changes> {
    let change = checked(change)?;
    desk.ask(move |core| core.choose(&change)).await
}

#[tauri::command]
pub async fn undo_choice(desk: State<'_, Desk>) -> Result<Changes> {
    desk.ask(|core| core.undo_choice()).await
}

/// Opens one of the catalogue's addresses in the browser. The window names it and never writes an address.
#[tauri::command]
pub async fn open_address(desk: State<'_, Desk>, service: String, what: Address, index: u32) -> Result<()> {
    let service = id(service)?;
    let address = desk.ask(move |core| core.address(&service, what.word(), index)).await?;
    let address = web_address(&address).ok_or(Code::Internal)?;
    off_thread(move || open::that_detached(address).map_err(|_| Code::Internal.into())).await
}

/// The address as the browser gets it: https to a host, nothing else.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = url.scheme() == "https" && url.host().is_some() && url.username().is_empty();
    plain.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_https_addresses_reach_the_browser() {
        assert_eq!(web_address("https://example.org/a?b=c").as_deref(), Some("https://example.org/a?b=c"));
        for text in [
            "http://example.org/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a@example.org/",
            "example.org",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
